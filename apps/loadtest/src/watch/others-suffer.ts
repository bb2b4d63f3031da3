import { ratioLowerBound } from '@spillway/capacity';

/** What a gateway counted in one window, everybody's requests together. */
export interface WindowCounts {
  readonly requests: number;
  /** 5xx. */
  readonly failed: number;
  /** Slower than the SLO's latency. */
  readonly slow: number;
}

/** Share of requests that may be slower than the SLO's latency before it is the p99 that is. */
const P99_RATIO = 0.01;

/** Fewer bad requests than this are chance, or a cold start. */
const BAD_AT_LEAST = 3;

/** Others' part of a window, at the least: what the run can't have done itself. */
export interface OthersShare {
  readonly requests: number;
  readonly failed: number;
  readonly slow: number;
  /** In words; null where they don't suffer, or nobody can tell. */
  readonly suffering: string | null;
}

/**
 * What a window of the gateway's metrics says of everybody but the run. CloudWatch sums requests up by the minute, whoever
 * sent them, so that others are what is left once the run's own are taken off: all of its failed and slow ones that may
 * have been counted in the window, its requests as they were answered. What is left can't be the run's, and it must be
 * more than the SLO allows even at the lower end of the 95 % bound.
 * @param all of the window
 * @param own of the run: failed and slow as many as may be in it, requests as many as are
 */
export function othersShare(all: WindowCounts, own: WindowCounts, errorRatio: number): OthersShare {
  const failed = Math.max(0, all.failed - own.failed);
  const slow = Math.max(0, all.slow - own.slow);
  const requests = Math.max(failed, slow, all.requests - own.requests);
  const reasons = [
    ...(isAbove(failed, requests, errorRatio) ? [`${failed} of ${requests} requests failed (5xx)`] : []),
    ...(isAbove(slow, requests, P99_RATIO)
      ? [`${slow} of ${requests} requests were slower than the SLO`]
      : []),
  ];
  return { requests, failed, slow, suffering: reasons.length > 0 ? reasons.join(', ') : null };
}

function isAbove(bad: number, requests: number, ratio: number): boolean {
  return bad >= BAD_AT_LEAST && ratioLowerBound(bad, requests) > ratio;
}
