import {
  MAX_BATCH_BYTES,
  MAX_BATCH_ENTRIES,
  MAX_ITEM_BYTES,
  parseBatchText,
  parseEntry,
} from '@spillway/shared';
import fc from 'fast-check';
import { cutBatches, escapedBytes, writeBatch } from './cut-batches.ts';

/** F15, bytes. */
const MAX_EVENT_BYTES = 6 * 1_024 * 1_024;

const same = (text: string) => text;
const cut = (texts: readonly string[]) => cutBatches(texts, same);

describe('writeBatch', () => {
  it('writes what the service reads', () => {
    const texts = ['1', '2'].map((id) => JSON.stringify({ id, title: 't', year: 2023 }));
    const parsed = parseBatchText(writeBatch(texts));
    expect(parsed.ok && parsed.entries.map((each) => each.ok && each.entry.id)).toEqual(['1', '2']);
  });
});

describe('escapedBytes', () => {
  it('counts the bytes that a text takes inside another JSON text', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(escapedBytes(text)).toBe(Buffer.byteLength(JSON.stringify(text)) - 2);
      }),
    );
  });
});

describe('cutBatches', () => {
  it('makes one batch of as many entries as it may have, and two of one more', () => {
    const lengths = (count: number) => cut(new Array<string>(count).fill('{}')).map((batch) => batch.length);
    expect(lengths(0)).toEqual([]);
    expect(lengths(MAX_BATCH_ENTRIES)).toEqual([MAX_BATCH_ENTRIES]);
    expect(lengths(MAX_BATCH_ENTRIES + 1)).toEqual([MAX_BATCH_ENTRIES, 1]);
  });

  it.each([
    ['bytes of the body', 'é', MAX_BATCH_BYTES, (text: string) => Buffer.byteLength(text)],
    ['bytes of the event', '"', MAX_EVENT_BYTES - 128 * 1_024, escapedBytes],
  ])('fills a batch up to the last of the %s', (_name, character, most, measure) => {
    const part = character.repeat(1_000_000);
    const used = measure(writeBatch([part, part, '']));
    const unit = measure(character);
    const fill = (units: number) => character.repeat(Math.floor((most - used) / unit) + units);
    const texts = (units: number) => [part, part, fill(units)];
    expect(cut(texts(0))).toHaveLength(1);
    expect(cut(texts(1))).toHaveLength(2);
    // The counts of the parts add up to the count of the whole, to the byte.
    expect(most - measure(writeBatch(texts(0)))).toBeLessThanOrEqual(unit);
  });

  it('keeps every entry, in order, within all limits', () => {
    const size = fc.oneof(fc.nat(200), fc.nat(400_000));
    const text = fc.tuple(size, fc.constantFrom('x', '"', '€')).map(([length, unit]) => unit.repeat(length));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const batches = cut(texts);
        expect(batches.flat()).toEqual(texts);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          if (batch.length === 1) continue;
          expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_ENTRIES);
          expect(Buffer.byteLength(writeBatch(batch))).toBeLessThanOrEqual(MAX_BATCH_BYTES);
          expect(escapedBytes(writeBatch(batch))).toBeLessThanOrEqual(MAX_EVENT_BYTES - 128 * 1_024);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has room for the largest entry, as unkind to JSON as can be', () => {
    const entry = { id: 'x', title: '\u0001'.repeat(MAX_ITEM_BYTES - 200), year: 2023 };
    expect(parseEntry(entry)).toMatchObject({ ok: true });
    const body = writeBatch([JSON.stringify(entry)]);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    expect(escapedBytes(body)).toBeLessThanOrEqual(MAX_EVENT_BYTES - 128 * 1_024);
  });
});
