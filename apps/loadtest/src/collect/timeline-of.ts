import type { Timeline } from '@spillway/capacity';
import type { MetricQuery, MetricSeries } from './read-metrics.ts';

/** Fields of a point of the timeline, each a metric. */
export type TimelineMetric = Exclude<keyof Timeline['points'][number], 'at'>;

/** More points say no more in a chart, and a run's file grows with them. */
const MOST_POINTS = 900;

/** Periods below a minute that CloudWatch knows, s. */
const SHORT_PERIODS = [1, 5, 10, 30];
const MINUTE_SECONDS = 60;

/**
 * Shortest period that CloudWatch knows (1, 5, 10, 30 s or whole minutes), no shorter than the stage's, in which the
 * run makes at most 900 points.
 */
export function timelinePeriodSeconds(runMs: number, stagePeriodSeconds: number): number {
  const wanted = Math.max(stagePeriodSeconds, runMs / 1000 / MOST_POINTS);
  return (
    SHORT_PERIODS.find((seconds) => seconds >= wanted) ?? MINUTE_SECONDS * Math.ceil(wanted / MINUTE_SECONDS)
  );
}

/**
 * Series as points, every period from the first to the last that has data. A period without a datum counts 0, since
 * nothing happened in it; a metric of a namespace that said nothing all the while is null: it is not published.
 * @param queries whose each metric is, such as `AWS/Lambda`
 * @returns null where no namespace said anything
 */
export function timelineOf(
  seriesOf: (metric: TimelineMetric) => MetricSeries,
  queries: Readonly<Record<TimelineMetric, Pick<MetricQuery, 'namespace'>>>,
  periodSeconds: number,
): Timeline | null {
  const metrics = Object.keys(queries) as TimelineMetric[];
  const published = new Set(
    metrics.filter((metric) => seriesOf(metric).length > 0).map((metric) => queries[metric].namespace),
  );
  if (published.size === 0) return null;
  const lookUps = new Map(
    metrics.map((metric) => [metric, new Map(seriesOf(metric).map(({ atMs, value }) => [atMs, value]))]),
  );
  const instants = metrics
    .flatMap((metric) => seriesOf(metric).map(({ atMs }) => atMs))
    .sort((a, b) => a - b);
  const firstMs = instants[0] ?? 0;
  const periodMs = periodSeconds * 1000;
  const count = Math.round(((instants.at(-1) ?? 0) - firstMs) / periodMs) + 1;
  const points = Array.from({ length: count }, (_, index) => {
    const atMs = firstMs + index * periodMs;
    const valueOf = (metric: TimelineMetric): number | null =>
      published.has(queries[metric].namespace) ? (lookUps.get(metric)?.get(atMs) ?? 0) : null;
    return {
      at: new Date(atMs).toISOString(),
      concurrentExecutions: valueOf('concurrentExecutions'),
      invocations: valueOf('invocations'),
      lambdaThrottles: valueOf('lambdaThrottles'),
      lambdaErrors: valueOf('lambdaErrors'),
      consumedWriteUnits: valueOf('consumedWriteUnits'),
      writeThrottleEvents: valueOf('writeThrottleEvents'),
      gatewayRequests: valueOf('gatewayRequests'),
      gatewayClientErrors: valueOf('gatewayClientErrors'),
      gatewayServerErrors: valueOf('gatewayServerErrors'),
      endpointBytes: valueOf('endpointBytes'),
    };
  });
  return { periodSeconds, points };
}
