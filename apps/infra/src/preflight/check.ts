import type { Reading } from './account-readings.ts';

/** One rule of AWS, held against what a deployment needs. */
export interface Check {
  readonly name: string;
  /**
   * `breach`: the deployment fails, or takes what others need. `warning`: it goes through, and its limits contradict each
   * other. `unknown`: the account did not say.
   */
  readonly verdict: 'fits' | 'warning' | 'breach' | 'unknown';
  readonly found: string;
  readonly wanted: string;
  /** What happens where a warning is left as it is; empty elsewhere. */
  readonly outcome: string;
  /** What to do where it does not fit. */
  readonly next: string;
}

/** What a rule says of a value that was read. */
export interface Judgement {
  readonly fits: boolean;
  readonly found: string;
  readonly wanted: string;
  readonly next: string;
  /** Makes a warning of what does not fit: what happens to a stage that is deployed with it. */
  readonly outcome?: string;
}

/** A rule that needs nothing of the account. */
export const NOTHING_TO_READ = { ok: true, value: null } as const;

/** Judges what was read; what was not is `unknown`, never a pass. */
export function check<Value>(
  name: string,
  reading: Reading<Value>,
  judge: (value: Value) => Judgement,
): Check {
  if (!reading.ok) {
    const { reason, next } = reading;
    return { name, verdict: 'unknown', found: reason, wanted: 'an answer', outcome: '', next };
  }
  const { fits, outcome = '', ...words } = judge(reading.value);
  if (fits) return { name, verdict: 'fits', outcome: '', ...words };
  return { name, verdict: outcome === '' ? 'breach' : 'warning', outcome, ...words };
}

/** A number as a reader takes it in: 1,000.5 */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
