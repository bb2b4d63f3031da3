import type { RunRecord } from '@spillway/capacity';
import type { Limits, ThrottleConfig } from '@spillway/throttle';

/** Limits that a replay may be of. */
export interface ReplayedLimits {
  readonly of: 'proposed' | 'deployed';
  readonly limits: Limits;
}

type Found = Pick<RunRecord, 'stage' | 'fingerprint' | 'deployedLimits' | 'recommendation'>;

/**
 * Which limits to replay, in order, until some are verified: the deployed ones when they were measured on just what
 * is deployed, and the proposal, which is all there is otherwise, and the way on where the deployed ones no longer
 * hold.
 */
export function limitsToReplay(
  found: Found,
  { evidence, limits }: ThrottleConfig,
): readonly ReplayedLimits[] {
  const isMeasuredHere =
    evidence.kind === 'measured' &&
    evidence.stage === found.stage &&
    isSame(evidence.fingerprint, found.fingerprint) &&
    isSame(limits, found.deployedLimits);
  return [
    ...(isMeasuredHere ? [{ of: 'deployed', limits } as const] : []),
    ...(found.recommendation === null
      ? []
      : [{ of: 'proposed', limits: found.recommendation.limits } as const]),
  ];
}

function isSame<Value extends object>(one: Value, other: Value): boolean {
  const keys = Object.keys(one) as (keyof Value)[];
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
