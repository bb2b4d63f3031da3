import type { JudgedStep, RunRecord } from '../run-record.ts';
import { rateOf } from '../search/rate-levels.ts';

/**
 * Nearer to saturation than this share of the sustained rate the latency of one system swings by factors between its
 * own runs (measured: 4 ms to 200 ms at the bracket's lower end), and the bracket tells the difference better.
 */
const BELOW_SATURATION_RATIO = 0.8;

/** A run's steady discovery steps by rate; the longest of a rate, the last of several as long. */
export function stepsByRate(run: RunRecord): ReadonlyMap<number, JudgedStep> {
  const steps = new Map<number, JudgedStep>();
  for (const step of run.steps) {
    const ratePerSecond = rateOf(step);
    if (ratePerSecond === null || !isUsable(step)) continue;
    const known = steps.get(ratePerSecond);
    if (known === undefined || known.record.holdMs <= step.record.holdMs) steps.set(ratePerSecond, step);
  }
  return steps;
}

/** Rates, ascending, that every run measured and sustains with room; requests/s. */
export function commonRates(runs: readonly RunRecord[]): readonly number[] {
  const [first, ...others] = runs.map(stepsByRate);
  const sustained = Math.min(...runs.map(({ estimate }) => estimate?.lowerPerSecond ?? 0));
  return [...(first?.keys() ?? [])]
    .filter((rate) => rate <= BELOW_SATURATION_RATIO * sustained && others.every((steps) => steps.has(rate)))
    .sort((one, other) => one - other);
}

/** A step without a verdict was disturbed, by the generator, the host or a backlog that nobody can explain. */
function isUsable({ record, measurement, judgement }: JudgedStep): boolean {
  const p50Ms = measurement.latencyMs?.p50 ?? 0;
  return record.purpose === 'discovery' && judgement.verdict !== 'inconclusive' && p50Ms > 0;
}
