import type { Binding, JudgedStep } from '../run-record.ts';
import { highestRate, type BindingContext, type Evidence } from './binding-evidence.ts';
import { refusalRules } from './binding-refusals.ts';
import { shortageRules } from './binding-shortages.ts';
import { rateOf } from './rate-levels.ts';

/**
 * The constraint that bound the estimate, with the evidence and the next thing to try (method, section 5). The
 * first rule that finds evidence in the steps that did not pass decides; rules that name a refusal come before
 * those that name a shortage, because a refusal is certain.
 */
export function diagnoseBinding(steps: readonly JudgedStep[], context: BindingContext): Binding {
  const discovery = steps.filter(({ record }) => record.purpose === 'discovery');
  const bound = boundingSteps(discovery);
  if (bound.length === 0) return nothingFailed(discovery, context);
  for (const rule of [...refusalRules, ...shortageRules]) {
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
  const highest = highestRate(passing);
  const above = discovery.filter((step) => (rateOf(step) ?? 0) > highest);
  const decided = above.filter(
    ({ judgement }) => judgement.verdict === 'fail' || judgement.inconclusive === 'throttled',
  );
  return decided.length > 0 ? decided : above;
}

function nothingFailed(discovery: Evidence, { quotas }: BindingContext): Binding {
  const highest = highestRate(discovery);
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
