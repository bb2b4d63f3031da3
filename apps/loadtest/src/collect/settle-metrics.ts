import { outcomes } from '@spillway/capacity';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunContext } from '../run-context.ts';
import { missingMetrics, type ExpectedCounts, type SeenCounts } from './missing-metrics.ts';
import { readMetrics, type MetricQuery } from './read-metrics.ts';
import { collectStageMetrics } from './stage-metrics.ts';

/** Between two looks: CloudWatch publishes by the minute, and minutes late. */
const LONGEST_PAUSE_MS = 15_000;

/** What came of waiting. */
export interface SettledMetrics {
  readonly isComplete: boolean;
  /** What is missing at the end of the wait, each in a few words. */
  readonly missing: readonly string[];
}

/**
 * Waits until the metrics of a stage that publishes them late agree with what was sent and stand still, within the wait
 * that was agreed on; then reads them again for every step. A run's own local stage is never late.
 * @param beforeWaiting done once, where there is anything to wait for
 */
export async function settleMetrics(
  context: RunContext,
  beforeWaiting: () => Promise<void> = async () => undefined,
): Promise<SettledMetrics> {
  const { shared, progress, stage, signal } = context;
  if (shared === null || context.taken.length === 0) return { isComplete: true, missing: [] };
  const expected = expectedCounts(context);
  // Fixed: what others send from now on must not keep the sums moving.
  const startMs = Math.min(...context.taken.map(({ step }) => Date.parse(step.record.startedAt)));
  const window = { startMs, endMs: Date.now() };
  const pauseMs = Math.min(LONGEST_PAUSE_MS, stage.metricPeriodSeconds * 250);
  const deadlineMs = performance.now() + shared.metricWaitMs;
  const wait = async (): Promise<SettledMetrics> => {
    let before: SeenCounts | null = null;
    for (;;) {
      const seen = await seenCounts(context, window);
      const missing = missingMetrics(expected, seen);
      if (
        missing.length === 0 &&
        before?.gatewayRequests === seen.gatewayRequests &&
        before.invocations === seen.invocations
      )
        return { isComplete: true, missing };
      if (performance.now() >= deadlineMs) return { isComplete: missing.length === 0, missing };
      if (before === null) await beforeWaiting();
      before = seen;
      await sleep(pauseMs, undefined, { signal });
    }
  };
  const settled = await progress.during('waiting for the stage’s metrics', wait(), shared.metricWaitMs);
  await readStepsAgain(context);
  if (!settled.isComplete) {
    const waited = `${(shared.metricWaitMs / 1000).toFixed(0)} s`;
    progress.line(`Metrics         incomplete after ${waited}: ${settled.missing.join(', ')}`);
  }
  return settled;
}

function expectedCounts({ taken }: RunContext): ExpectedCounts {
  let gatewayRequests = 0;
  let invocations = 0;
  for (const { answers } of taken) {
    for (let row = 0; row < answers.count; row += 1) {
      if ((answers.status[row] ?? 0) > 0) gatewayRequests += 1;
      if (outcomes[answers.outcome[row] ?? -1] === 'acknowledged') invocations += 1;
    }
  }
  return { gatewayRequests, invocations };
}

async function seenCounts(
  { stage }: RunContext,
  window: { readonly startMs: number; readonly endMs: number },
): Promise<SeenCounts> {
  const { dimensions, requests } = await stage.gateway.findMetrics();
  const queries = {
    gatewayRequests: { namespace: 'AWS/ApiGateway', metric: requests, statistic: 'Sum', dimensions },
    invocations: {
      ...{ namespace: 'AWS/Lambda', metric: 'Invocations', statistic: 'Sum' },
      dimensions: { FunctionName: stage.functionName },
    },
  } as const satisfies Record<string, MetricQuery>;
  const series = await readMetrics(stage.cloudWatch, queries, window, stage.metricPeriodSeconds);
  const sum = (name: keyof typeof queries) => series(name).reduce((total, { value }) => total + value, 0);
  return { gatewayRequests: sum('gatewayRequests'), invocations: sum('invocations') };
}

/** What a step was told before its metrics were there is not what it did. */
async function readStepsAgain({ stage, taken, results }: RunContext): Promise<void> {
  for (const [index, { step, answers }] of taken.entries()) {
    const startMs = Date.parse(step.record.startedAt) + step.record.warmUpMs;
    const found = await collectStageMetrics(stage, { startMs, endMs: startMs + step.record.holdMs });
    const isSilent = found.invocations === 0 && step.measurement.outcomes.acknowledged > 0;
    const record = { ...step.record, stage: isSilent ? null : found };
    const again = { ...step, record };
    taken[index] = { step: again, answers };
    results.write(`step-${record.name}.json`, `${JSON.stringify(again, null, 2)}\n`);
  }
}
