import { ENTRY_BYTES, entryBody } from './entry.ts';

describe('entryBody', () => {
  it.each(['a', 'bench.12.123456'])('makes an entry of the size asked for with the id %s', (id) => {
    const body = entryBody(id);
    expect(Buffer.byteLength(body)).toBe(ENTRY_BYTES);
    expect(JSON.parse(body)).toMatchObject({ id, title: 'Benchmark', year: 2026 });
  });
});
