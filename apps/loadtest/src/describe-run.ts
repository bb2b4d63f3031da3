import type { Audit, Binding, Estimate, Recommendation, RunRecord } from '@spillway/capacity';

/** The estimate as a bracket, what bound it, and what to try next. */
export function describeEstimate(estimate: Estimate, binding: Binding): string {
  const bracket = `[${rate(estimate.lowerPerSecond)}, ${rate(estimate.upperPerSecond)}] requests/s`;
  return [
    `Sustained rate  ${bracket}${estimate.conclusive ? '' : '  INCONCLUSIVE'}`,
    ...(estimate.conclusive ? [] : estimate.reasons.map((reason) => `  ${reason}`)),
    `Bound by        ${binding.by}: ${binding.because}`,
    `Next            ${binding.next}`,
  ].join('\n');
}

/** The proposed limits, each with its reason. */
export function describeRecommendation({ limits, reasons }: Recommendation): string {
  const keys = Object.keys(reasons) as (keyof typeof reasons)[];
  const lines = keys.map((key) => `  ${key.padEnd(20)}${String(limits[key]).padStart(6)}  ${reasons[key]}`);
  return ['Proposed limits', ...lines].join('\n');
}

/** Every requirement of the replay, and the verdict on its limits. */
export function describeReplay(replay: NonNullable<RunRecord['replay']>): string {
  const marks = { met: '✓', missed: '✗', inconclusive: '?' };
  const lines = replay.checks.map(
    ({ outcome, name, found, wanted }) =>
      `  ${marks[outcome]} ${name}: ${found}${outcome === 'met' ? '' : `, wanted ${wanted}`}`,
  );
  return [...lines, `The ${replay.of} limits are ${replay.verified ? 'verified' : 'NOT verified'}`].join(
    '\n',
  );
}

/** Counts of the durability audit. */
export function describeAudit(audit: Audit): string {
  const parts = [
    `${audit.acknowledged} acknowledged`,
    `${audit.stored} of them stored`,
    `${audit.lost} lost`,
    `${audit.unknown} unknown (${audit.unknownStored} of them stored)`,
    `${audit.neverSent} stored but never sent`,
  ];
  return `Audit           ${parts.join(', ')}`;
}

function rate(perSecond: number | null): string {
  return perSecond === null ? 'not found' : perSecond.toFixed(0);
}
