import type { RunRecord, Timeline } from '@spillway/capacity';
import { countText, rateText } from '../figures.ts';
import type { Html } from '../html.ts';
import { coarseTimeline } from './coarse-timeline.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, markedLine, valueAxis } from './chart-parts.ts';
import { clockText, phaseBands, phasesOf, runClock, timeAxis, type RunClock } from './run-clock.ts';

type Point = Timeline['points'][number];

/** A metric of the timeline as a chart shows it. */
interface Metric {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly seriesName: string;
  readonly color: string;
  readonly value: (point: Point) => number | null;
  /** A limit to mark, and what it is called. */
  readonly limit: { readonly value: number; readonly name: string } | null;
  /** Counted events that belong to it; marked where there were any. */
  readonly events: { readonly name: string; readonly value: (point: Point) => number | null };
}

/** Execution environments in use over the run; `null` where the stage published no such metric. */
export function concurrencyChart(run: RunRecord): Html | null {
  const reserved = run.recommendation?.limits.reservedConcurrency ?? null;
  return metricChart(run, {
    id: 'concurrency',
    title: 'Execution environments in use',
    axis: 'most in a period',
    seriesName: 'environments in use',
    color: ink.third,
    value: (point) => point.concurrentExecutions,
    limit: reserved === null ? null : { value: reserved, name: `proposed ${countText(reserved)}` },
    events: { name: 'Lambda throttles', value: (point) => point.lambdaThrottles },
  });
}

/** Write units that the table used over the run, per second; `null` where the stage published no such metric. */
export function writeUnitsChart(run: RunRecord): Html | null {
  const seconds = coarseTimeline(run)?.periodSeconds ?? 1;
  const perSecond = run.quotas.tableWriteUnitsPerSecond;
  return metricChart(run, {
    id: 'write-units',
    title: 'DynamoDB write units',
    axis: 'write units/s',
    seriesName: 'consumed',
    color: ink.first,
    value: ({ consumedWriteUnits }) => (consumedWriteUnits === null ? null : consumedWriteUnits / seconds),
    limit: { value: perSecond, name: `table ${rateText(perSecond)}/s` },
    events: { name: 'write throttles', value: (point) => point.writeThrottleEvents },
  });
}

function metricChart(run: RunRecord, metric: Metric): Html | null {
  const clock = runClock(run);
  const timeline = coarseTimeline(run);
  if (clock === null || timeline === null) return null;
  const points = timeline.points.flatMap((point) => {
    const fromSeconds = (Date.parse(point.at) - clock.startMs) / 1000;
    const value = metric.value(point);
    const toSeconds = Math.min(clock.endSeconds, fromSeconds + timeline.periodSeconds);
    if (value === null || !isDrawable(value) || toSeconds <= 0 || toSeconds <= fromSeconds) return [];
    return [{ point, value, fromSeconds: Math.max(0, fromSeconds), toSeconds }];
  });
  if (points.length === 0) return null;

  const most = points.reduce((found, { value }) => Math.max(found, value), 0);
  const eventful = points.filter(({ point }) => (metric.events.value(point) ?? 0) > 0);
  const words = {
    id: metric.id,
    title: metric.title,
    description: `${points.length} periods of ${rateText(timeline.periodSeconds)} s; most: ${rateText(most)}. The table below has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(drawing, [], [metric.seriesName, ...(eventful.length > 0 ? [metric.events.name] : [])]),
    xAxis: timeAxis(clock, drawing.narrow),
    yAxis: { ...valueAxis(metric.axis, 'y'), min: 0, boundaryGap: [0, '12%'] },
    series: [
      { type: 'line', data: [], z: 1, markArea: phaseBands(phasesOf(run, clock), clock, drawing.width) },
      {
        name: metric.seriesName,
        type: 'line',
        step: 'end',
        symbol: 'none',
        data: outlineOf(points),
        itemStyle: { color: metric.color },
        lineStyle: { color: metric.color, width: 1.5 },
        areaStyle: { color: metric.color, opacity: 0.35 },
        ...limitLine(metric, most),
      },
      {
        name: metric.events.name,
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 11,
        itemStyle: { color: ink.second, borderColor: ink.paper, borderWidth: 1.5 },
        data: eventful.map(({ fromSeconds, toSeconds, value }) => [(fromSeconds + toSeconds) / 2, value]),
      },
    ],
  });
  const hits = points.map(({ point, value, fromSeconds, toSeconds }) => ({
    kind: 'column' as const,
    fromX: fromSeconds,
    toX: toSeconds,
    lines: [
      `${clockText(fromSeconds)} to ${clockText(toSeconds)}`,
      `${metric.seriesName}: ${rateText(value)}`,
      `${metric.events.name}: ${countText(metric.events.value(point))}`,
    ],
  }));
  return drawChart(words, option, hits, 'full');
}

/** A limit far above all that was seen would press the curve flat: then it is left to the words. */
function limitLine({ limit }: Metric, most: number) {
  if (limit === null || !isDrawable(limit.value) || limit.value > most * 4) return {};
  return { markLine: { silent: true, symbol: 'none', data: [markedLine('yAxis', limit.value, limit.name)] } };
}

interface DrawnPoint {
  readonly fromSeconds: RunClock['endSeconds'];
  readonly toSeconds: number;
  readonly value: number;
}

/** Upper edge, down to nothing where a period is missing. */
function outlineOf(points: readonly DrawnPoint[]): [number, number | null][] {
  return points.flatMap(({ fromSeconds, toSeconds, value }, index): [number, number | null][] => {
    const next = points[index + 1]?.fromSeconds;
    const isNeighbour = next !== undefined && Math.abs(next - toSeconds) < 1e-3;
    if (isNeighbour) return [[fromSeconds, value]];
    return [
      [fromSeconds, value],
      [toSeconds, value],
      [toSeconds, null],
    ];
  });
}
