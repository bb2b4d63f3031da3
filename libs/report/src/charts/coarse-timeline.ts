import type { RunRecord, Timeline } from '@spillway/capacity';
import { roundSeconds, runClock } from './run-clock.ts';

type Point = Timeline['points'][number];
type Metric = Exclude<keyof Point, 'at'>;

/** Points that a chart on a desk still tells apart, and that keep the page of a long run small. */
const MOST_POINTS = 180;

/**
 * The stage's metrics in at most as many points as a page can show: neighbouring periods become one, with the most of
 * the environments in use and the sums of all that is counted. `null` where there are none or no clock to put them on.
 */
export function coarseTimeline(run: RunRecord): Timeline | null {
  const { timeline } = run;
  const clock = runClock(run);
  const points = [...(timeline?.points ?? [])].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const [first] = points;
  if (!timeline || clock === null || first === undefined) return null;
  const together = Math.ceil(roundSeconds(clock.endSeconds, MOST_POINTS) / timeline.periodSeconds);
  if (together <= 1) return { ...timeline, points };
  const periodSeconds = together * timeline.periodSeconds;
  const indexOf = ({ at }: Point) =>
    Math.floor((Date.parse(at) - Date.parse(first.at)) / (periodSeconds * 1000));
  const groups = [...Map.groupBy(points, indexOf)];
  return {
    periodSeconds,
    points: groups.map(([index, group]) => {
      const sum = (name: Metric) => combined(group, name, (a, b) => a + b);
      return {
        at: new Date(Date.parse(first.at) + index * periodSeconds * 1000).toISOString(),
        concurrentExecutions: combined(group, 'concurrentExecutions', Math.max),
        invocations: sum('invocations'),
        lambdaThrottles: sum('lambdaThrottles'),
        lambdaErrors: sum('lambdaErrors'),
        consumedWriteUnits: sum('consumedWriteUnits'),
        writeThrottleEvents: sum('writeThrottleEvents'),
        gatewayRequests: sum('gatewayRequests'),
        gatewayClientErrors: sum('gatewayClientErrors'),
        gatewayServerErrors: sum('gatewayServerErrors'),
        endpointBytes: sum('endpointBytes'),
      };
    }),
  };
}

/** Of the periods that have a value; `null` where none has. */
function combined(
  group: readonly Point[],
  name: Metric,
  combine: (a: number, b: number) => number,
): number | null {
  const values = group.map((point) => point[name] ?? null).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((a, b) => combine(a, b));
}
