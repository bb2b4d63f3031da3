import { MetricSecond } from './metric-second.ts';
import type { MetricsRecorder } from './metrics-recorder.ts';
import { quantile } from './value-sketch.ts';

/** How long seconds are kept: longer than any load test. */
const RETENTION_SECONDS = 7200;

/** A series, by AWS's names. */
export interface MetricName {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What to read of a series; ends before `endMs`. */
export interface MetricWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** ≥ 1. */
  readonly periodSeconds: number;
}

/** One period that has data. */
export interface MetricPoint {
  /** Its beginning, ms since 1970. */
  readonly startMs: number;
  readonly value: number;
}

/** `p99`, `p99.9` or one of the plain statistics. */
export type Statistic = 'Sum' | 'SampleCount' | 'Average' | 'Minimum' | 'Maximum' | `p${number}`;

interface Series {
  readonly seconds: Map<number, MetricSecond>;
  newest: number;
}

/**
 * Metrics of the last two hours, second by second, in memory that the number of values does not move:
 * a second holds a count, a sum, extremes and a histogram with 1 % relative error.
 */
export class MetricsStore implements MetricsRecorder {
  readonly #series = new Map<string, Series>();
  /** The recorders pass the same dimensions object every time: found without spelling it out. */
  readonly #byIdentity = new WeakMap<object, Map<string, Map<string, Series>>>();

  record(
    namespace: string,
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    nowMs: number,
  ): void {
    const series = this.#find(namespace, metric, dimensions);
    const second = Math.floor(nowMs / 1000);
    let bucket = series.seconds.get(second);
    if (!bucket) {
      series.seconds.get(series.newest)?.pack();
      series.newest = Math.max(series.newest, second);
      bucket = new MetricSecond();
      series.seconds.set(second, bucket);
      for (const old of series.seconds.keys()) {
        if (old > second - RETENTION_SECONDS) break;
        series.seconds.delete(old);
      }
    }
    bucket.add(value);
  }

  /** Periods that have data, oldest first; they begin at multiples of the period. */
  read(name: MetricName, window: MetricWindow, statistic: Statistic): readonly MetricPoint[] {
    const series = this.#series.get(keyOf(name.namespace, name.metric, name.dimensions));
    const periods = new Map<number, MetricSecond[]>();
    for (const [second, bucket] of series?.seconds ?? []) {
      const start = Math.floor(second / window.periodSeconds) * window.periodSeconds;
      const isInside =
        start * 1000 >= floorTo(window.startMs, window.periodSeconds) && start * 1000 < window.endMs;
      if (!isInside) continue;
      const period = periods.get(start);
      if (period) period.push(bucket);
      else periods.set(start, [bucket]);
    }
    return [...periods]
      .sort(([a], [b]) => a - b)
      .map(([start, buckets]) => ({ startMs: start * 1000, value: summarize(buckets, statistic) }));
  }

  #find(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): Series {
    let namespaces = this.#byIdentity.get(dimensions);
    if (!namespaces) this.#byIdentity.set(dimensions, (namespaces = new Map()));
    let metrics = namespaces.get(namespace);
    if (!metrics) namespaces.set(namespace, (metrics = new Map()));
    let series = metrics.get(metric);
    if (!series) {
      const key = keyOf(namespace, metric, dimensions);
      series = this.#series.get(key) ?? { seconds: new Map(), newest: 0 };
      this.#series.set(key, series);
      metrics.set(metric, series);
    }
    return series;
  }
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
  return quantile(
    Number(statistic.slice(1)) / 100,
    total((bucket) => bucket.count),
    bins,
  );
}

function keyOf(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify([namespace, metric, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function floorTo(timeMs: number, periodSeconds: number): number {
  return Math.floor(timeMs / 1000 / periodSeconds) * periodSeconds * 1000;
}
