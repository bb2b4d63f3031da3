import type { MemoryOutcome } from '../run-memory.ts';
import { memoryClaims } from './memory-tables.ts';

const MB = 1024 ** 2;
const clean = { acknowledged: 1_000, lost: 0, storedUnacknowledged: 0, neverSent: 0 };

function outcome(
  heapMb: readonly number[],
  residentMb: readonly number[] = heapMb.map(() => 150),
  change: Partial<MemoryOutcome> = {},
): MemoryOutcome {
  const windows = heapMb.map((mb, index) => ({
    requests: (index + 1) * 100,
    liveHeapBytes: mb * MB,
    mainBytes: (residentMb[index] ?? 0) * MB,
    environmentsBytes: 500 * MB,
    processes: 9,
    perSecond: 900,
  }));
  const counts = { sent: 1_000, served: 1_000, endings: { '200': 1_000 }, repeatedRequestIds: 0 };
  return { windows, ...counts, audit: clean, ...change };
}

const verdicts = (given: MemoryOutcome) => memoryClaims(given).map(({ verdict }) => verdict);
const FLAT = [20, 20, 20, 20, 20, 20];

describe('memoryClaims', () => {
  it('forgives what happens while it warms up', () => {
    expect(verdicts(outcome([10, 15, 20, 20.5, 21]))).toEqual(['met', 'met', 'met', 'met']);
  });

  it('sees what is still held grow, and fall', () => {
    expect(verdicts(outcome([20, 20, 20, 20.5, 21.1]))[0]).toBe('not met');
    expect(verdicts(outcome([20, 20, 20, 18.9, 20]))[0]).toBe('not met');
  });

  it.each([
    ['that V8 gives back and takes again', [150, 150, 150, 120, 150, 125], 'met'],
    ['that does not come down again', [150, 150, 150, 120, 150, 127], 'not met'],
  ])('takes the floor of resident memory %s', (_what, residentMb, verdict) => {
    expect(verdicts(outcome(FLAT, residentMb))[1]).toBe(verdict);
  });

  it.each<[string, Partial<MemoryOutcome>, number]>([
    ['a request that was not served', { served: 999, endings: { '200': 999, '502': 1 } }, 2],
    ['a request id seen twice', { repeatedRequestIds: 1 }, 2],
    ['a lost entry', { audit: { ...clean, lost: 1 } }, 3],
    ['an entry stored without a 200', { audit: { ...clean, storedUnacknowledged: 1 } }, 3],
  ])('sees %s', (_what, change, claim) => {
    expect(verdicts(outcome(FLAT, undefined, change))[claim]).toBe('not met');
  });
});
