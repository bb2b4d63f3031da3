import type { MetricsRecorder } from '../../control/metrics-recorder.ts';

/** Name, dimensions, value. */
export type ListedMetric = [string, Readonly<Record<string, string>>, number];

/** Puts every value in the list. */
export function listMetrics(list: ListedMetric[]): MetricsRecorder {
  return {
    record: (_namespace, metric, dimensions, value) => void list.push([metric, dimensions, value]),
    series: (_namespace, metric, dimensions) => ({
      record: (value) => void list.push([metric, dimensions, value]),
    }),
  };
}

/** For tests that are not about metrics. */
export const NO_METRICS: MetricsRecorder = listMetrics([]);
