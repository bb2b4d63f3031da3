import { diffText, type Paint } from './diff-text.ts';

const plain: Paint = (_style, text) => text;
const marked: Paint = (style, text) => `<${style}>${text}`;
const lines = (...changed: string[]) => `${['a', 'b', 'c', ...changed, 'd', 'e', 'f'].join('\n')}\n`;

describe('diffText', () => {
  it('prints the changed lines with two around them, as diff -u does', () => {
    expect(diffText('x.json', lines('old'), lines('new'), plain)).toBe(
      ['--- x.json', '+++ x.json', '@@ -2,5 +2,5 @@', ' b', ' c', '-old', '+new', ' d', ' e'].join('\n'),
    );
  });

  it('paints removals red and additions green', () => {
    const text = diffText('x.json', lines('old'), lines('new'), marked);
    expect(text).toContain('<red>-old\n<green>+new');
  });
});
