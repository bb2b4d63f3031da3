import { parseEntryText } from '@spillway/shared';
import { entryFactory, EntryTooSmallError } from './entry.ts';

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
