import { readMarkdown } from './read-markdown.ts';

const text = [
  '# A title, `with code`',
  '',
  'Run `npx nx run a` or read `apps/a/src/b.ts`; `git` and `a/b` are neither.',
  '| `npx nx run a <run\\|file>` | [there](docs/c.md#d) [out](https://example.com) |',
  '## Twice',
  '## Twice',
  '   ```sh',
  '   # a comment',
  '   npx nx run a   # said',
  '',
  '   ```',
  '```ts',
  'const a = `npx nx run b`;',
  '```',
].join('\n');

describe('readMarkdown', () => {
  const { commands, links, paths, anchors } = readMarkdown(text);

  it('finds commands in shell blocks and in code, with their lines', () => {
    expect(commands).toEqual([
      { line: 3, text: 'npx nx run a' },
      { line: 4, text: 'npx nx run a <run|file>' },
      { line: 9, text: 'npx nx run a   # said' },
    ]);
  });

  it('finds paths of the repository and links that stay in it', () => {
    expect(paths).toEqual([{ line: 3, text: 'apps/a/src/b.ts' }]);
    expect(links).toEqual([{ line: 4, text: 'docs/c.md#d' }]);
  });

  it('names headings as GitHub does', () => {
    expect([...anchors]).toEqual(['a-title-with-code', 'twice', 'twice-1']);
  });
});
