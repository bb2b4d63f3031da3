import { writeUnits } from '../aws-rules.ts';
import type { Estimate, JudgedStep } from '../run-record.ts';
import { rateOf } from '../search/rate-levels.ts';
import { ownMetricsMs } from '../steps/metrics-window.ts';
import type { PayloadSweep } from '../sweep-record.ts';

/** Bytes of a request's body, and of the item that it becomes (F42). */
export interface PayloadSize {
  readonly payloadBytes: number;
  readonly itemBytes: number;
}

type PayloadPoint = PayloadSweep['points'][number];

/** One size of the sweep: its bracket, its latency at the highest rate that passed, its write units (F43). */
export function payloadPoint(
  { payloadBytes, itemBytes }: PayloadSize,
  steps: readonly JudgedStep[],
  { lowerPerSecond, upperPerSecond }: Estimate,
): PayloadPoint {
  const [highest] = steps
    .filter(({ judgement }) => judgement.verdict === 'pass')
    .filter((step) => upperPerSecond === null || (rateOf(step) ?? 0) < upperPerSecond)
    .sort(
      (one, other) => (rateOf(other) ?? 0) - (rateOf(one) ?? 0) || other.record.holdMs - one.record.holdMs,
    );
  const latency = highest?.measurement.latencyMs ?? null;
  return {
    payloadBytes,
    itemBytes,
    writeUnits: writeUnits(itemBytes),
    measuredWriteUnits: measuredWriteUnits(steps),
    lowerPerSecond,
    upperPerSecond,
    latencyMs: latency && { p50: latency.p50, p99: latency.p99 },
  };
}

/**
 * Write units an invocation as the table counted them, over the passing steps: a failing one retries its writes or
 * never gets to them. Null where no step has both counts for itself: a neighbour's entries have another size.
 */
function measuredWriteUnits(steps: readonly JudgedStep[]): number | null {
  let units = 0;
  let invocations = 0;
  for (const { record, judgement } of steps) {
    const consumed = record.stage?.consumedWriteUnits ?? null;
    if (judgement.verdict !== 'pass' || record.stage === null || consumed === null) continue;
    if (ownMetricsMs(record) === null) continue;
    units += consumed;
    invocations += record.stage.invocations;
  }
  return invocations === 0 ? null : units / invocations;
}
