import type { ComparedMetric } from './comparison.ts';

const NAMES: Readonly<Record<ComparedMetric, readonly [name: string, unit: string]>> = {
  'latency-p50': ['latency p50', 'ms'],
  'latency-p99': ['latency p99', 'ms'],
  'function-duration': ['function duration', 'ms'],
  'sustained-rate': ['sustained rate', '/s'],
  goodput: ['highest goodput', '/s'],
};

/** A metric as people call it. */
export function metricName(metric: ComparedMetric): string {
  return NAMES[metric][0];
}

/** A value of the metric with its unit, three digits of milliseconds and whole requests/s: `3.61 ms`, `958/s`. */
export function metricText(metric: ComparedMetric, value: number): string {
  const [, unit] = NAMES[metric];
  return unit === 'ms' ? `${Number(value.toPrecision(3))} ms` : `${Math.round(value)}${unit}`;
}
