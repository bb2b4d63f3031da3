import type { Limits, Measurements } from '@spillway/throttle';
import { REQUESTS_PER_SECOND_PER_CONCURRENCY } from '../aws-rules.ts';
import { rateOf } from './rate-levels.ts';
import type { Binding, JudgedStep, Targets } from '../run-record.ts';

/** A machine this busy has nothing left. */
const FULL_RATIO = 0.9;

/** Mean duration that grew by this much between the lowest and the failing rate: the function competes for CPU. */
const GROWTH = 1.5;

/** What was in force: `limits` as deployed, whose rate and reservation were lifted during discovery. */
export interface BindingContext {
  readonly limits: Limits;
  readonly quotas: Measurements['quotas'];
  readonly targets: Targets;
}

type Evidence = readonly JudgedStep[];
type Rule = (bound: Evidence, steps: Evidence, context: BindingContext) => Binding | null;

/**
 * The constraint that bound the estimate, with the evidence and the next thing to try (method, section 5). The
 * first rule that finds evidence in the steps that did not pass decides; rules that name a refusal come before
 * those that name a shortage, because a refusal is certain.
 */
export function diagnoseBinding(steps: readonly JudgedStep[], context: BindingContext): Binding {
  const discovery = steps.filter(({ record }) => record.purpose === 'discovery');
  const bound = boundingSteps(discovery);
  if (bound.length === 0) return nothingFailed(discovery, context);
  for (const rule of RULES) {
    const binding = rule(bound, discovery, context);
    if (binding) return binding;
  }
  const first = bound[0]?.judgement.reasons[0] ?? 'no reason recorded';
  return {
    by: 'unknown',
    because: `no evidence beyond the failing step itself: ${first}`,
    next: 'collect the stage metrics of the failing steps, or profile the function at the lowest failing rate',
  };
}

/** Steps above the highest rate that passed; the failing ones, and any 429, where there are any. */
function boundingSteps(discovery: Evidence): Evidence {
  const passing = discovery.filter(({ judgement }) => judgement.verdict === 'pass');
  const highest = Math.max(0, ...passing.map((step) => rateOf(step) ?? 0));
  const above = discovery.filter((step) => (rateOf(step) ?? 0) > highest);
  const decided = above.filter(
    ({ judgement }) => judgement.verdict === 'fail' || judgement.inconclusive === 'throttled',
  );
  return decided.length > 0 ? decided : above;
}

const RULES: readonly Rule[] = [
  (bound) => {
    const throttled = bound.reduce((sum, { measurement }) => sum + measurement.outcomes.throttled, 0);
    return throttled === 0
      ? null
      : {
          by: 'stage-throttle',
          because: `${throttled} answers are 429 although the stage throttle was lifted`,
          next: 'look for a usage plan, the account quota or another stage sharing it, and lift that',
        };
  },
  (bound, _steps, { quotas }) => {
    const concurrencyLimit = quotas.accountConcurrency - quotas.otherReservedConcurrency;
    const throttles = stageSum(bound, 'lambdaThrottles');
    // A local stage whose machine has no environment left holds invocations in a queue until Lambda's limit is used up.
    if (throttles === 0 || stageSum(bound, 'hostQueued') > 0) return null;
    const used = stageMost(bound, 'concurrentExecutionsMax');
    const rate = Math.max(...bound.map((step) => rateOf(step) ?? 0));
    const allowed = REQUESTS_PER_SECOND_PER_CONCURRENCY * concurrencyLimit;
    return rate > allowed && used < FULL_RATIO * concurrencyLimit
      ? {
          by: 'ten-times-rule',
          because: `Lambda refused ${throttles} invocations at ${rate}/s with ${used} of ${concurrencyLimit} environments in use: ten a second for each is the limit (F32)`,
          next: `reserve at least ${Math.ceil(rate / REQUESTS_PER_SECOND_PER_CONCURRENCY)} for ${rate}/s`,
        }
      : {
          by: 'reserved-concurrency',
          because: `Lambda refused ${throttles} invocations with ${used} of ${concurrencyLimit} environments in use`,
          next: 'raise the reservation or the account quota, or shorten the function',
        };
  },
  (bound, _steps, { limits: { timeoutSeconds } }) => {
    const longest = stageMost(bound, 'durationMaxMs');
    const errors = stageSum(bound, 'lambdaErrors');
    return errors === 0 || longest < 990 * timeoutSeconds
      ? null
      : {
          by: 'function-timeout',
          because: `${errors} invocations ended in an error and the longest took ${(longest / 1000).toFixed(1)} s of ${timeoutSeconds} s allowed`,
          next: 'find what the function waits for; a longer timeout only hides it',
        };
  },
  (bound) => {
    const events = stageSum(bound, 'writeThrottleEvents');
    return events === 0
      ? null
      : {
          by: 'dynamodb-throttling',
          because: `the table throttled ${events} writes`,
          next: 'raise the warm throughput of the table, and check that no key takes over 1,000 write units/s (F41)',
        };
  },
  (bound) => {
    const generator = bound.filter(({ judgement }) => judgement.inconclusive === 'generator');
    return generator.length < bound.length
      ? null
      : {
          by: 'generator',
          because: generator[0]?.judgement.reasons[0] ?? 'the generator fell behind',
          next: 'run the generator on a machine of its own',
        };
  },
  (bound) => {
    const queued = stageSum(bound, 'hostQueued');
    const busiest = Math.max(0, ...bound.map(({ record }) => record.host.busyRatio));
    const stood = bound.filter(({ judgement }) => judgement.inconclusive === 'host').length;
    if (queued === 0 && busiest < FULL_RATIO && stood === 0) return null;
    const facts = [
      ...(queued > 0
        ? [`${queued} invocations waited for a free execution environment on this machine`]
        : []),
      ...(busiest >= FULL_RATIO ? [`its cores were ${(100 * busiest).toFixed(0)} % busy`] : []),
      ...(stood > 0 ? [`the host stood still in ${stood} steps`] : []),
    ];
    return {
      by: 'host',
      because: `this machine is full: ${facts.join(', ')}`,
      next: 'measure a deployed stage, or raise --max-environments on a machine with more cores',
    };
  },
  (bound, steps, { limits: { memorySize } }) => {
    const calm = [...steps]
      .sort((one, other) => (rateOf(one) ?? 0) - (rateOf(other) ?? 0))
      .map(({ record }) => record.stage?.durationMeanMs ?? 0)
      .find((meanMs) => meanMs > 0);
    const strained = Math.max(0, ...bound.map(({ record }) => record.stage?.durationMeanMs ?? 0));
    return calm === undefined || strained < GROWTH * calm
      ? null
      : {
          by: 'function-cpu',
          because: `the function's mean duration grew from ${calm.toFixed(1)} to ${strained.toFixed(1)} ms at ${memorySize} MB`,
          next: 'try more memory, which brings more CPU (F37), and measure again',
        };
  },
];

function nothingFailed(discovery: Evidence, { quotas }: BindingContext): Binding {
  const highest = Math.max(0, ...discovery.map((step) => rateOf(step) ?? 0));
  if (highest >= quotas.accountRatePerSecond) {
    return {
      by: 'quota',
      because: `${highest}/s, the account's quota, passes`,
      next: 'ask Service Quotas for a higher rate if more is needed',
    };
  }
  return {
    by: 'nothing-failed',
    because: `no step above the estimate failed, up to ${highest}/s`,
    next: 'raise the highest rate that the search may try',
  };
}

type StageMetric = 'lambdaThrottles' | 'lambdaErrors' | 'writeThrottleEvents' | 'hostQueued';

function stageSum(steps: Evidence, metric: StageMetric): number {
  return steps.reduce((sum, { record }) => sum + (record.stage?.[metric] ?? 0), 0);
}

function stageMost(steps: Evidence, metric: 'concurrentExecutionsMax' | 'durationMaxMs'): number {
  return Math.max(0, ...steps.map(({ record }) => record.stage?.[metric] ?? 0));
}
