import { parseEntryText } from '@spillway/shared';
import fc from 'fast-check';
import { packEntry } from './pack-entry.ts';

describe('packEntry', () => {
  it('writes an entry as it is stored', () => {
    expect(packEntry({ id: '12', title: 'kkkg', year: '2023' })).toEqual({
      ok: true,
      entry: { id: '12', title: 'kkkg', year: 2023 },
      text: '{"id":"12","title":"kkkg","year":2023}',
    });
  });

  it('says what is wrong, by the rules of the service', () => {
    expect(packEntry({ id: '', title: 'kkkg', year: -1 })).toEqual({
      ok: false,
      reason: 'invalid',
      message: 'not sent: $.id has 0 bytes in UTF-8; want 1 to 2048, and more',
      issues: [
        { path: '$.id', message: 'has 0 bytes in UTF-8; want 1 to 2048' },
        expect.objectContaining({ path: '$.year' }),
      ],
      attempts: 0,
      mayBeStored: false,
    });
    expect(packEntry({ id: '1', title: 'x'.repeat(409_600), year: 1 })).toMatchObject({
      reason: 'too-large',
    });
  });

  it('never writes a text that the service would refuse or read otherwise', () => {
    const candidate = fc.record({
      id: fc.string({ minLength: 1, unit: 'binary' }),
      title: fc.string({ unit: 'binary' }),
      year: fc.oneof(fc.nat(9_999), fc.nat(9_999).map(String)),
      attributes: fc.dictionary(fc.string(), fc.jsonValue()),
    });
    fc.assert(
      fc.property(candidate, (value) => {
        const packed = packEntry(value);
        if (packed.ok) expect(parseEntryText(packed.text)).toEqual({ ok: true, entry: packed.entry });
      }),
      { numRuns: 500 },
    );
  });
});
