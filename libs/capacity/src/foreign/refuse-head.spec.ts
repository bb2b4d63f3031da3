import { HEAD_BYTES, refuseHead } from './refuse-head.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const MB = 1024 * 1024;

describe('refuseHead', () => {
  it.each([
    ['nothing', new Uint8Array(), 0, 'an empty file'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 4, 'a gzip file'],
    ['zip', Uint8Array.of(0x50, 0x4b, 3, 4), 4, 'a zip file'],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), 4, 'a zstd file'],
    ['UTF-16, as PowerShell writes it', Uint8Array.of(0xff, 0xfe, 0x7b, 0), 4, 'text in UTF-16'],
    ['a NUL among letters', bytes('ab\u0000c'), 4, 'a binary file'],
    ['zeros without end', new Uint8Array(HEAD_BYTES), 100 * MB, 'a binary file'],
  ])('refuses %s', (_what, head, fileBytes, found) => {
    expect(refuseHead(head, fileBytes)).toMatchObject({ kind: 'refused', found });
  });

  it.each([
    ['JSON of 16 MB may be anything', bytes('[[[['), 16 * MB, undefined],
    [
      'beyond, it must begin as a report',
      bytes('[[[['),
      16 * MB + 1,
      /^no complete JSON \(16 MB, and it does not begin as a report/,
    ],
    [
      'a tool’s long log is still told by name',
      bytes('{"type":"Metric","data":{},"metric":"http_reqs"}'),
      100 * MB,
      /^a report of k6/,
    ],
    ['a report of 256 MB is read', bytes('{\n  "aggregate": {'), 256 * MB, undefined],
    [
      'a larger one is not',
      bytes('{\n  "aggregate": {'),
      256 * MB + 1,
      /^a report of 256 MB, of which 256 MB can be read/,
    ],
    ['colours of a terminal are text', bytes('\u001b[32mok\u001b[0m\tfine\r\n'), 20, undefined],
    ['a byte order mark is text', bytes('\ufeff{}'), 5, undefined],
  ])('%s', (_what, head, fileBytes, found) => {
    expect(refuseHead(head, fileBytes)?.found).toEqual(found && expect.stringMatching(found));
  });
});
