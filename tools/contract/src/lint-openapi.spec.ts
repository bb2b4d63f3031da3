import { readFileSync } from 'node:fs';
import { openApiDocument } from '@spillway/shared/openapi';
import { lintOpenApi } from './lint-openapi.ts';
import { OPENAPI_FILE } from './openapi-file.ts';

describe('lintOpenApi', () => {
  it('finds nothing in libs/shared/openapi.json', async () => {
    expect(await lintOpenApi(readFileSync(OPENAPI_FILE, 'utf8'))).toEqual([]);
  });

  it.each<[string, string, object, string]>([
    [
      'a reference to nothing',
      'paths',
      { '/': { $ref: '#/components/pathItems/none' } },
      'no-unresolved-refs',
    ],
    ['a scheme nobody defined', 'security', [{ oauth: [] }], 'security-defined'],
    ['a field OpenAPI does not know', 'info', { titel: 'x' }, 'struct'],
  ])('finds %s', async (_case, field, value, rule) => {
    const spoilt = JSON.stringify({ ...openApiDocument(), [field]: value });
    expect(await lintOpenApi(spoilt)).toContainEqual(expect.stringMatching(`^${rule} at `));
  });

  it('finds an example that its schema refuses', async () => {
    const spoilt = JSON.stringify(openApiDocument()).replace('"year":2023', '"year":20233');
    expect(await lintOpenApi(spoilt)).toEqual([
      expect.stringMatching(/^no-invalid-media-type-examples at .*<= 9999/),
    ]);
  });
});
