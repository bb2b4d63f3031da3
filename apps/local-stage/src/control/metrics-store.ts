import { MetricSecond } from './metric-second.ts';
import { SeriesList, type MetricName, type Series } from './metric-series.ts';
import type { MetricSeries, MetricsRecorder } from './metrics-recorder.ts';
import { countAbove, quantile } from './value-sketch.ts';

/** How long seconds are kept: longer than any load test. */
const RETENTION_SECONDS = 7200;

/** What to read of a series; ends before `endMs`. */
export interface MetricWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** ≥ 1. */
  readonly periodSeconds: number;
  /** What is newer is left out of its period, ms since 1970. */
  readonly publishedUntilMs?: number;
}

/** One period that has data. */
export interface MetricPoint {
  /** Its beginning, ms since 1970. */
  readonly startMs: number;
  readonly value: number;
}

/** `p99`, `p99.9`, how many values are above one as `TC(500:)`, or one of the plain statistics. */
export type Statistic =
  'Sum' | 'SampleCount' | 'Average' | 'Minimum' | 'Maximum' | `p${number}` | `TC(${number}:)`;

/**
 * Metrics of the last two hours, second by second, in memory that the number of values does not move:
 * a second holds a count, a sum, extremes and a histogram with 1 % relative error.
 */
export class MetricsStore implements MetricsRecorder {
  readonly #list: SeriesList;
  /** The recorders pass the same dimensions object every time: found without spelling it out. */
  readonly #byIdentity = new WeakMap<object, Map<string, Map<string, Series>>>();

  /** @param report takes one line for each namespace that has too many series */
  constructor(report: (line: string) => void = () => {}) {
    this.#list = new SeriesList(RETENTION_SECONDS, report);
  }

  record(
    namespace: string,
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    nowMs: number,
  ): void {
    const second = Math.floor(nowMs / 1000);
    const series = this.#find({ namespace, metric, dimensions }, second);
    if (series) secondOf(series, second).add(value);
  }

  series(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): MetricSeries {
    const name = { namespace, metric, dimensions };
    let series: Series | null = null;
    return {
      record: (value, nowMs) => {
        const second = Math.floor(nowMs / 1000);
        if (!series || series.isDropped) series = this.#find(name, second);
        if (series) secondOf(series, second).add(value);
      },
    };
  }

  /** Periods that have data, oldest first; they begin at multiples of the period. */
  read(name: MetricName, window: MetricWindow, statistic: Statistic): readonly MetricPoint[] {
    const series = this.#list.get(name);
    const periods = new Map<number, MetricSecond[]>();
    const { publishedUntilMs = Infinity } = window;
    for (const [second, bucket] of series?.seconds ?? []) {
      const start = Math.floor(second / window.periodSeconds) * window.periodSeconds;
      const isInside =
        start * 1000 >= floorTo(window.startMs, window.periodSeconds) && start * 1000 < window.endMs;
      if (!isInside || second * 1000 >= publishedUntilMs) continue;
      const period = periods.get(start);
      if (period) period.push(bucket);
      else periods.set(start, [bucket]);
    }
    return [...periods]
      .sort(([a], [b]) => a - b)
      .map(([start, buckets]) => ({ startMs: start * 1000, value: summarize(buckets, statistic) }));
  }

  /** Null where its namespace is full. */
  #find(name: MetricName, second: number): Series | null {
    const { namespace, metric, dimensions } = name;
    let namespaces = this.#byIdentity.get(dimensions);
    if (!namespaces) this.#byIdentity.set(dimensions, (namespaces = new Map()));
    let metrics = namespaces.get(namespace);
    if (!metrics) namespaces.set(namespace, (metrics = new Map()));
    const known = metrics.get(metric);
    if (known && !known.isDropped) return known;
    const series = this.#list.getOrAdd(name, second);
    if (series) metrics.set(metric, series);
    return series;
  }
}

/** The second of a series, begun where it is new; what is past the retention goes then. */
function secondOf(series: Series, second: number): MetricSecond {
  const { newest, filled } = series;
  if (second === newest && filled) return filled;
  const known = series.seconds.get(second);
  if (known) return known;
  const begun = new MetricSecond();
  series.seconds.set(second, begun);
  if (second >= newest) {
    filled?.pack();
    series.newest = second;
    series.filled = begun;
  }
  for (const old of series.seconds.keys()) {
    if (old > second - RETENTION_SECONDS) break;
    series.seconds.delete(old);
  }
  return begun;
}

function summarize(buckets: readonly MetricSecond[], statistic: Statistic): number {
  const total = (pick: (bucket: MetricSecond) => number): number =>
    buckets.reduce((sum, bucket) => sum + pick(bucket), 0);
  switch (statistic) {
    case 'Sum':
      return total((bucket) => bucket.sum);
    case 'SampleCount':
      return total((bucket) => bucket.count);
    case 'Average':
      return total((bucket) => bucket.sum) / total((bucket) => bucket.count);
    case 'Minimum':
      return Math.min(...buckets.map((bucket) => bucket.minimum));
    case 'Maximum':
      return Math.max(...buckets.map((bucket) => bucket.maximum));
  }
  const bins = new Map<number, number>();
  for (const bucket of buckets) bucket.mergeBinsInto(bins);
  if (statistic.startsWith('TC')) return countAbove(Number(statistic.slice(3, -2)), bins);
  return quantile(
    Number(statistic.slice(1)) / 100,
    total((bucket) => bucket.count),
    bins,
  );
}

function floorTo(timeMs: number, periodSeconds: number): number {
  return Math.floor(timeMs / 1000 / periodSeconds) * periodSeconds * 1000;
}
