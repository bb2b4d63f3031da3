import type { Limits, Measurements } from '@spillway/throttle';
import type { Binding, JudgedStep, Targets } from '../run-record.ts';
import { rateOf } from './rate-levels.ts';

/** What was in force: `limits` as deployed, whose rate and reservation were lifted during discovery. */
export interface BindingContext {
  readonly limits: Limits;
  readonly quotas: Measurements['quotas'];
  readonly targets: Targets;
  /** Whether requests carried an API key: only then can a usage plan bind (F5). @default false */
  readonly hasApiKey?: boolean;
}

export type Evidence = readonly JudgedStep[];

/**
 * One constraint: the evidence for it in the steps that did not pass, or null.
 * @param bound steps above the highest rate that passed
 * @param steps all of discovery
 */
export type BindingRule = (bound: Evidence, steps: Evidence, context: BindingContext) => Binding | null;

/** A machine, a table or a function this busy has nothing left. */
export const FULL_RATIO = 0.9;

type StageSum = 'lambdaThrottles' | 'lambdaErrors' | 'writeThrottleEvents' | 'hostQueued';
type StageMost = 'concurrentExecutionsMax' | 'durationMaxMs' | 'durationMeanMs';

export function stageSum(steps: Evidence, metric: StageSum): number {
  return steps.reduce((sum, { record }) => sum + (record.stage?.[metric] ?? 0), 0);
}

export function stageMost(steps: Evidence, metric: StageMost): number {
  return Math.max(0, ...steps.map(({ record }) => record.stage?.[metric] ?? 0));
}

/** Highest rate offered, requests/s; 0 where there is none. */
export function highestRate(steps: Evidence): number {
  return Math.max(0, ...steps.map((step) => rateOf(step) ?? 0));
}
