import type { MetricsRecorder } from '../control/metrics-recorder.ts';
import type { Clock } from '../gateway/clock.ts';
import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';

/** Metrics of another time than this are ignored: so far back they are kept, so far ahead CloudWatch takes them. */
const TIME_LIMIT_MS = 2 * 3600_000;

/** More than a function's dashboards have; one that prints an id in each line must not fill the memory. */
const KEPT_DIMENSIONS = 1_000;

/** Records what a function prints of metrics. */
export class PrintedMetrics {
  readonly #recorder: MetricsRecorder;
  readonly #clock: Clock;
  /** The latest used at the end. */
  readonly #dimensions = new Map<string, Readonly<Record<string, string>>>();

  constructor(recorder: MetricsRecorder, clock: Clock) {
    this.#recorder = recorder;
    this.#clock = clock;
  }

  /** Under the time that the function gave them, as CloudWatch does. */
  record(metrics: readonly EmbeddedMetric[]): void {
    const nowMs = this.#clock.wallMs();
    for (const { namespace, metric, dimensions: printed, values, atMs } of metrics) {
      if (Math.abs(nowMs - atMs) > TIME_LIMIT_MS) continue;
      const dimensions = this.#sameDimensions(printed);
      for (const value of values) this.#recorder.record(namespace, metric, dimensions, value, atMs);
    }
  }

  /** One object for equal dimensions: the store finds a series by it without spelling it out. */
  #sameDimensions(printed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const key = JSON.stringify(printed);
    const known = this.#dimensions.get(key) ?? printed;
    this.#dimensions.delete(key);
    this.#dimensions.set(key, known);
    if (this.#dimensions.size > KEPT_DIMENSIONS) {
      const [oldest = key] = this.#dimensions.keys();
      this.#dimensions.delete(oldest);
    }
    return known;
  }
}
