import { MAX_ITEM_BYTES, parseEntryText, storedItemBytes } from '@spillway/shared';
import { entryFactory, EntryTooLargeError, EntryTooSmallError } from './entry.ts';
import { payloadSizes } from './payload-size.ts';

const plan = { runId: 'r1', stepName: 'discovery-01', payloadBytes: 1024, count: 1000 };

describe('entryFactory', () => {
  it.each([1024, 10_240, 358_400])('makes valid entries of exactly %i bytes', (payloadBytes) => {
    const entryAt = entryFactory({ ...plan, payloadBytes });
    for (const sequence of [0, 9, 10, 999]) {
      const body = entryAt(sequence);
      expect(Buffer.byteLength(body)).toBe(payloadBytes);
      expect(parseEntryText(body)).toMatchObject({
        ok: true,
        entry: { id: `loadtest.r1.discovery-01.${sequence}` },
      });
    }
  });

  it('gives each sequence an id of its own, and the same entry when asked again', () => {
    const entryAt = entryFactory(plan);
    const bodies = Array.from({ length: 1000 }, (_, sequence) => entryAt(sequence));
    expect(new Set(bodies).size).toBe(1000);
    expect(entryFactory(plan)(999)).toBe(bodies[999]);
  });

  it('accepts the smallest payload that holds an entry and refuses one byte less', () => {
    const minimumBytes = minimumOf(() => entryFactory({ ...plan, payloadBytes: 1 }));
    expect(Buffer.byteLength(entryFactory({ ...plan, payloadBytes: minimumBytes })(999))).toBe(minimumBytes);
    expect(() => entryFactory({ ...plan, payloadBytes: minimumBytes - 1 })).toThrow(EntryTooSmallError);
  });

  it('gives each entry the size its distribution draws for it', () => {
    const sizes = [
      { bytes: 300, weight: 1 },
      { bytes: 3000, weight: 1 },
    ];
    const payloadBytes = { kind: 'mix', sizes, seed: 1 } as const;
    const entryAt = entryFactory({ ...plan, payloadBytes });
    const sizeOf = payloadSizes(payloadBytes, plan.count);
    for (let sequence = 0; sequence < plan.count; sequence += 1) {
      expect(Buffer.byteLength(entryAt(sequence))).toBe(sizeOf(sequence));
      expect(parseEntryText(entryAt(sequence)).ok).toBe(true);
    }
  });

  it('raises a log-normal size that can hold no entry to the smallest that can', () => {
    const minimumBytes = minimumOf(() => entryFactory({ ...plan, payloadBytes: 1 }));
    const payloadBytes = {
      kind: 'lognormal',
      medianBytes: minimumBytes,
      sigma: 1,
      maxBytes: 100_000,
      seed: 1,
    } as const;
    const sizeOf = payloadSizes(payloadBytes, plan.count);
    const entryAt = entryFactory({ ...plan, payloadBytes });
    const drawn = Array.from({ length: plan.count }, (_, sequence) => sizeOf(sequence));
    expect(Math.min(...drawn)).toBeLessThan(minimumBytes);
    const sent = drawn.map((_, sequence) => Buffer.byteLength(entryAt(sequence)));
    expect(sent).toEqual(drawn.map((bytes) => Math.max(minimumBytes, bytes)));
    expect(() =>
      entryFactory({ ...plan, payloadBytes: { ...payloadBytes, medianBytes: minimumBytes - 1 } }),
    ).toThrow(EntryTooSmallError);
  });

  it('makes an entry of just the largest item a table stores, and refuses one byte more', () => {
    const sizeAt = (payloadBytes: number) => {
      const parsed = parseEntryText(entryFactory({ ...plan, payloadBytes })(0));
      return parsed.ok ? storedItemBytes(parsed.entry) : Number.NaN;
    };
    // What JSON adds to the item and the item to JSON does not depend on the size.
    const largestBytes = 1024 + MAX_ITEM_BYTES - sizeAt(1024);
    expect(sizeAt(largestBytes)).toBe(MAX_ITEM_BYTES);
    const beyond = () => entryFactory({ ...plan, payloadBytes: largestBytes + 1 });
    expect(beyond).toThrow(EntryTooLargeError);
    expect(beyond).toThrow(
      `step discovery-01: payloadBytes ${largestBytes + 1}: the entry takes ${MAX_ITEM_BYTES + 1} bytes when stored; at most ${MAX_ITEM_BYTES}`,
    );
  });
});

function minimumOf(make: () => unknown): number {
  try {
    make();
  } catch (error) {
    if (error instanceof EntryTooSmallError) return error.minimumBytes;
    throw error;
  }
  throw new Error('want EntryTooSmallError');
}
