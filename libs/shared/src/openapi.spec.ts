import { openApiDocument } from './openapi.ts';
import { responseStatuses } from './response.ts';

type Documented = Record<
  string,
  { readonly post: { readonly responses: Readonly<Record<string, unknown>> } }
>;

/** What `npx nx test contract` (lint, examples) and `npx nx e2e local-stage` (real answers) leave to ask. */
describe('openApiDocument', () => {
  const { paths } = openApiDocument() as { paths: Documented };
  const statusesOf = (path: string) => Object.keys(paths[path]?.post.responses ?? {}).map(Number);

  it('documents both operations', () => {
    expect(Object.keys(paths)).toEqual(['/', '/batch']);
  });

  it('documents every status of the service but the one for paths that are not there', () => {
    const { notFound, ...documented } = responseStatuses;
    const all = new Set([...statusesOf('/'), ...statusesOf('/batch')]);
    expect(Object.values(documented).filter((status) => !all.has(status))).toEqual([]);
    expect(all.has(notFound)).toBe(false);
  });

  it.each(['/', '/batch'])('documents what the gateway answers to %s on its own', (path) => {
    expect(statusesOf(path)).toEqual(expect.arrayContaining([400, 403, 413, 429, 500, 502, 503, 504]));
  });

  it('is the same every time, and plain JSON', () => {
    expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(openApiDocument());
  });
});
