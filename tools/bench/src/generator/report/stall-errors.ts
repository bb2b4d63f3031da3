import { shareError } from '../slow-share.ts';
import type { StallFinding } from '../findings.ts';
import type { LatencyView } from '../tools/load-tool.ts';

/** How far one account of a stalled server is from the truth, as shares of it; p99 signed. */
export interface StallError {
  readonly p99: number;
  readonly slow: number;
}

/** Compares one account with what follows from schedule and stalls. Infinite where nothing stood still. */
export function stallError({ truth }: Pick<StallFinding, 'truth'>, view: LatencyView): StallError {
  return { p99: (view.p99Ms - truth.p99Ms) / truth.p99Ms, slow: shareError(view.slow, truth.slowRatio) };
}
