import { outcomes, type Answers } from '@spillway/capacity';
import type { WindowCounts } from './others-suffer.ts';

/** A step with its answers. */
export interface OwnStep {
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly answers: Answers;
}

/** The gateway's clock and this machine's may differ by this, and an answer takes its way, ms. */
const SLACK_MS = 2000;
/** The gateway may answer, and count, what the run no longer waits for: as long as it waits for its function (F18), ms. */
const UNANSWERED_MS = 30_000;

/**
 * The run's own requests in a window of the gateway's metrics: failed and slow as many as may have been counted in it,
 * requests as many as were answered in it. What timed out or broke off may have failed, and may have been slow.
 * @param window epoch ms
 * @param slowMs the SLO's latency; the gateway's is the shorter one, so that what was slow there is slow here
 */
export function ownCounts(
  steps: readonly OwnStep[],
  window: { readonly startMs: number; readonly endMs: number },
  slowMs: number,
): WindowCounts {
  let [requests, failed, slow] = [0, 0, 0];
  for (const { startedAtMs, answers } of steps) {
    for (let row = 0; row < answers.count; row += 1) {
      const sentMs = startedAtMs + (answers.intendedMs[row] ?? 0) + (answers.latenessMs[row] ?? 0);
      const tookMs = (answers.latencyMs[row] ?? 0) - (answers.latenessMs[row] ?? 0);
      const outcome = outcomes[answers.outcome[row] ?? -1];
      const isUnanswered = outcome === 'timeout' || outcome === 'connection-error';
      const latestMs = sentMs + (isUnanswered ? Math.max(tookMs, UNANSWERED_MS) : tookMs);
      const answeredMs = sentMs + tookMs;
      if (answeredMs >= window.startMs && answeredMs < window.endMs && !isUnanswered) requests += 1;
      const mayBeInIt = latestMs + SLACK_MS >= window.startMs && sentMs - SLACK_MS < window.endMs;
      if (!mayBeInIt) continue;
      if (outcome === 'failed' || isUnanswered) failed += 1;
      if (tookMs >= slowMs || isUnanswered) slow += 1;
    }
  }
  return { requests, failed, slow };
}
