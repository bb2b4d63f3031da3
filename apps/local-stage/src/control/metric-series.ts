import type { MetricSecond } from './metric-second.ts';

/** A series, by AWS's names. */
export interface MetricName {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What was recorded of one series. */
export interface Series {
  readonly namespace: string;
  readonly seconds: Map<number, MetricSecond>;
  /** Seconds since 1970; −∞ before the first value. */
  newest: number;
  /** The second that is being filled, so that most values need no look-up. */
  filled: MetricSecond | null;
  /** Whether it was swept: whoever still holds it looks it up anew. */
  isDropped: boolean;
}

/** Most series of a namespace: a handler may print a dimension whose value differs with every request. */
export const MAX_SERIES_PER_NAMESPACE = 10_000;

const SWEEP_INTERVAL_SECONDS = 60;

/** The series there are: those without a value for longer than the retention go, and no namespace has too many. */
export class SeriesList {
  readonly #retentionSeconds: number;
  readonly #report: (line: string) => void;
  readonly #byKey = new Map<string, Series>();
  readonly #counts = new Map<string, number>();
  readonly #reported = new Set<string>();
  #sweptAtSecond = -Infinity;

  /** @param report takes one line for each namespace that is full */
  constructor(retentionSeconds: number, report: (line: string) => void) {
    this.#retentionSeconds = retentionSeconds;
    this.#report = report;
  }

  get(name: MetricName): Series | undefined {
    return this.#byKey.get(keyOf(name));
  }

  /** The series of that name, made where there is none; null where its namespace is full. */
  getOrAdd(name: MetricName, nowSecond: number): Series | null {
    const key = keyOf(name);
    const known = this.#byKey.get(key);
    if (known) return known;
    this.#sweep(nowSecond);
    const { namespace } = name;
    const count = this.#counts.get(namespace) ?? 0;
    if (count >= MAX_SERIES_PER_NAMESPACE) {
      this.#reportFull(namespace);
      return null;
    }
    this.#counts.set(namespace, count + 1);
    const series: Series = {
      namespace,
      seconds: new Map(),
      newest: -Infinity,
      filled: null,
      isDropped: false,
    };
    this.#byKey.set(key, series);
    return series;
  }

  /** Only as often as new ones are made, and once a minute at most: nothing grows without new ones. */
  #sweep(nowSecond: number): void {
    if (nowSecond - this.#sweptAtSecond < SWEEP_INTERVAL_SECONDS) return;
    this.#sweptAtSecond = nowSecond;
    for (const [key, series] of this.#byKey) {
      if (series.newest === -Infinity || series.newest > nowSecond - this.#retentionSeconds) continue;
      series.isDropped = true;
      this.#byKey.delete(key);
      this.#counts.set(series.namespace, (this.#counts.get(series.namespace) ?? 1) - 1);
    }
  }

  #reportFull(namespace: string): void {
    if (this.#reported.has(namespace)) return;
    this.#reported.add(namespace);
    this.#report(
      `metrics: ${namespace} has ${MAX_SERIES_PER_NAMESPACE} series, new ones are dropped; ` +
        'give its dimensions fewer different values',
    );
  }
}

function keyOf({ namespace, metric, dimensions }: MetricName): string {
  return JSON.stringify([namespace, metric, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
