import type { Targets } from '@spillway/capacity';
import { readMetrics, wholePeriods, type MetricQuery } from '../collect/read-metrics.ts';
import type { StageConnection } from '../stage/stage-connection.ts';
import { stageText } from '../stage/stage-text.ts';
import { OthersSufferError } from './others-error.ts';
import { othersShare, type OthersShare, type WindowCounts } from './others-suffer.ts';
import { ownCounts, type OwnStep } from './own-counts.ts';

/** Shortest window that says something of a few requests a second. */
const WINDOW_AT_LEAST_SECONDS = 5;
/** In a row, so that neither a cold start nor a minute that is half published ends a run. */
const WINDOWS_IN_A_ROW = 2;
/** How far back each look goes: metrics come late, and are looked at again. */
const LOOK_BACK_MS = 600_000;
/** How far back the look before the load goes. */
const BEFORE_MS = 900_000;

type Stage = Pick<
  StageConnection,
  'gateway' | 'cloudWatch' | 'metricPeriodSeconds' | 'stackName' | 'accountId' | 'region'
>;

interface Window {
  readonly startMs: number;
  readonly endMs: number;
  readonly share: OthersShare;
}

/**
 * Watches the requests of everybody else on a stage that is loaded. It sees what CloudWatch tells: sums by the minute
 * (by `metricPeriodSeconds`), minutes late, and of requests alone that reached the gateway's metrics.
 */
export class OthersWatch {
  readonly #stage: Stage;
  readonly #targets: Targets;
  readonly #nowMs: () => number;

  constructor(stage: Stage, targets: Targets, nowMs: () => number = Date.now) {
    this.#stage = stage;
    this.#targets = targets;
    this.#nowMs = nowMs;
  }

  /**
   * Before the load: whether others suffer already, and how many there are.
   * @returns in one line
   * @throws OthersSufferError
   */
  async before(): Promise<string> {
    const now = this.#nowMs();
    const windows = await this.#windows([], { startMs: now - BEFORE_MS, endMs: now });
    this.#refuse(windows);
    const requests = windows.reduce((sum, { share }) => sum + share.requests, 0);
    const failed = windows.reduce((sum, { share }) => sum + share.failed, 0);
    const perSecond = requests / (BEFORE_MS / 1000);
    return `${perSecond.toFixed(1)} requests/s by others in the last 15 minutes, ${failed} of ${requests} failed`;
  }

  /** Between two steps: whether others suffered so far. @throws OthersSufferError */
  async check(steps: readonly OwnStep[]): Promise<void> {
    const now = this.#nowMs();
    const firstMs = Math.min(now, ...steps.map(({ startedAtMs }) => startedAtMs));
    const startMs = Math.max(firstMs, now - LOOK_BACK_MS);
    const endMs = now;
    const recent = steps.filter(({ startedAtMs }) => startedAtMs > startMs - LOOK_BACK_MS);
    this.#refuse(await this.#windows(recent, { startMs, endMs }));
  }

  #refuse(windows: readonly Window[]): void {
    for (let last = WINDOWS_IN_A_ROW; last <= windows.length; last += 1) {
      const row = windows.slice(last - WINDOWS_IN_A_ROW, last);
      const reasons = row.map(({ share }) => share.suffering);
      if (reasons.includes(null)) continue;
      const from = new Date(row[0]?.startMs ?? 0).toISOString();
      const to = new Date(row.at(-1)?.endMs ?? 0).toISOString();
      throw new OthersSufferError(stageText(this.#stage), `from ${from} to ${to}`, reasons.join('; then '));
    }
  }

  /** Windows that are over, each with others' part of it. */
  async #windows(
    steps: readonly OwnStep[],
    span: { readonly startMs: number; readonly endMs: number },
  ): Promise<readonly Window[]> {
    const { gateway, cloudWatch, metricPeriodSeconds } = this.#stage;
    const { dimensions, requests, serverErrors } = await gateway.findMetrics();
    const { latencyMs, errorRatio } = this.#targets;
    const ofGateway = (metric: string, statistic: MetricQuery['statistic']): MetricQuery => ({
      ...{ namespace: 'AWS/ApiGateway', metric, statistic, dimensions },
    });
    const queries = {
      requests: ofGateway(requests, 'Sum'),
      failed: ofGateway(serverErrors, 'Sum'),
      // Trimmed count: values above, the bound not among them. That API Gateway's latency has it is unverified.
      slow: ofGateway('Latency', `TC(${latencyMs}:)`),
    } as const;
    const periodSeconds = Math.max(metricPeriodSeconds, WINDOW_AT_LEAST_SECONDS);
    const seriesOf = await readMetrics(cloudWatch, queries, span, periodSeconds);
    const { startMs, endMs } = wholePeriods(span, periodSeconds);
    const windows: Window[] = [];
    for (let fromMs = startMs; fromMs + periodSeconds * 1000 <= Math.min(endMs, span.endMs);) {
      const toMs = fromMs + periodSeconds * 1000;
      const valueOf = (name: keyof typeof queries) =>
        seriesOf(name).find(({ atMs }) => atMs === fromMs)?.value ?? 0;
      const all: WindowCounts = {
        requests: valueOf('requests'),
        failed: valueOf('failed'),
        slow: valueOf('slow'),
      };
      const window = { startMs: fromMs, endMs: toMs };
      const own = ownCounts(steps, window, latencyMs);
      windows.push({ ...window, share: othersShare(all, own, errorRatio) });
      fromMs = toMs;
    }
    return windows;
  }
}
