import { parseEntryText } from '@spillway/shared';
import fc from 'fast-check';
import { packAll, packEntry } from './pack-entry.ts';

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

  it('never throws, though what it reads does: at the first time, or at a later one', () => {
    const throwing = fc.nat(8).map((good) => {
      let reads = 0;
      const get = () => {
        reads += 1;
        if (reads > good) throw new Error('read too often');
        return 1;
      };
      return {
        id: '1',
        title: 'kkkg',
        year: 1,
        attributes: Object.defineProperty({}, 'n', { get, enumerable: true }),
      };
    });
    const late = { id: '1', title: 'kkkg', year: 1, attributes: {} };
    Object.defineProperty(late.attributes, 'toJSON', {
      value: () => {
        throw new Error('not JSON');
      },
    });
    expect(packEntry(late)).toMatchObject({ reason: 'invalid', message: expect.stringContaining('throws') });
    fc.assert(
      fc.property(throwing, (value) => {
        const packed = packEntry(value);
        if (!packed.ok) expect(packed).toMatchObject({ reason: 'invalid', attempts: 0, mayBeStored: false });
      }),
    );
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

describe('packAll', () => {
  it('settles each that can’t be sent, a hole in the list included', () => {
    const entry = { id: '1', title: 'kkkg', year: 1 };
    const settled: unknown[] = [];
    // eslint-disable-next-line no-sparse-arrays -- a hole is what a caller may give
    const parcels = packAll([, entry, { ...entry, year: -1 }], (index, result) =>
      settled.push([index, result.ok]),
    );
    expect(parcels.map((parcel) => parcel.entry)).toEqual([entry]);
    expect(settled).toEqual([
      [0, false],
      [2, false],
    ]);
  });
});
