import { percent } from '../figures.ts';
import type { RunRecord } from '../run-record.ts';
import { stepsByRate } from './common-rates.ts';
import { mean } from './run-value.ts';

/** Runs of one system on a machine of its own stay within this of each other at the lowest rate (measured: 0.12). */
const BUSY_TOLERANCE = 0.15;

/**
 * Where the machine of a local stage was not equally busy under the same load, a sentence that says so; null where it
 * was, or where that can't be told. Other code may explain it; the same code can't.
 */
export function unequallyBusy(
  a: readonly RunRecord[],
  b: readonly RunRecord[],
  rates: readonly number[],
): string | null {
  const [lowest] = rates;
  if (lowest === undefined || a[0]?.stage !== 'local') return null;
  const busyRatio = (side: readonly RunRecord[]): number =>
    mean(side.map((run) => stepsByRate(run).get(lowest)?.record.host.busyRatio ?? 0));
  const [ofA, ofB] = [busyRatio(a), busyRatio(b)];
  if (Math.abs(ofA - ofB) <= BUSY_TOLERANCE) return null;
  return `At ${lowest}/s the machine was ${percent(ofA)} busy in A and ${percent(ofB)} in B.`;
}
