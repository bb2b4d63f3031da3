import type { MetricSeries, MetricsRecorder } from '../control/metrics-recorder.ts';
import type { Clock } from '../gateway/clock.ts';
import type { AccountConcurrency } from './account-concurrency.ts';
import type { JobAnswer } from './job.ts';

/** Dimensions of what is the whole account's. */
const ACCOUNT = {};

/** What CloudWatch would show of one function (F62), and what this machine did that Lambda would not have. */
export class FunctionMetrics {
  readonly #recorder: MetricsRecorder;
  readonly #clock: Clock;
  readonly #account: AccountConcurrency;
  readonly #dimensions: Readonly<Record<string, string>>;
  readonly #concurrent: MetricSeries;
  readonly #accountConcurrent: MetricSeries;
  readonly #claimed: MetricSeries;
  readonly #throttles: MetricSeries;
  readonly #accountThrottles: MetricSeries;
  readonly #invocations: MetricSeries;
  readonly #errors: MetricSeries;
  readonly #duration: MetricSeries;

  constructor(functionName: string, account: AccountConcurrency, recorder: MetricsRecorder, clock: Clock) {
    this.#dimensions = { FunctionName: functionName };
    this.#account = account;
    this.#recorder = recorder;
    this.#clock = clock;
    const series = (metric: string, dimensions = this.#dimensions): MetricSeries =>
      recorder.series('AWS/Lambda', metric, dimensions);
    this.#concurrent = series('ConcurrentExecutions');
    this.#accountConcurrent = series('ConcurrentExecutions', ACCOUNT);
    this.#claimed = series('ClaimedAccountConcurrency', ACCOUNT);
    this.#throttles = series('Throttles');
    this.#accountThrottles = series('Throttles', ACCOUNT);
    this.#invocations = series('Invocations');
    this.#errors = series('Errors');
    this.#duration = series('Duration');
  }

  /** @param inUse slots of the function, with the one that was just taken */
  admitted(inUse: number): void {
    const nowMs = this.#clock.wallMs();
    this.#concurrent.record(inUse, nowMs);
    this.#accountConcurrent.record(this.#account.inUse, nowMs);
    this.#claimed.record(this.#account.claimed, nowMs);
  }

  /** Neither an invocation nor an error (F35). */
  throttled(): void {
    const nowMs = this.#clock.wallMs();
    this.#throttles.record(1, nowMs);
    this.#accountThrottles.record(1, nowMs);
  }

  finished({ outcome, durationMs }: JobAnswer): void {
    const nowMs = this.#clock.wallMs();
    this.#invocations.record(1, nowMs);
    this.#errors.record(outcome.kind === 'returned' ? 0 : 1, nowMs);
    this.#duration.record(durationMs, nowMs);
  }

  /** @param metric such as `HostQueued`, of this machine */
  host(metric: string, value: number): void {
    this.#recorder.record('Spillway/LocalStage', metric, this.#dimensions, value, this.#clock.wallMs());
  }
}
