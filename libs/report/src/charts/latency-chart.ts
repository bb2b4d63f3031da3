import type { RunRecord } from '@spillway/capacity';
import { millisecondsText, rateText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, latencyAxis, markedLine, onLogAxis, valueAxis } from './chart-parts.ts';
import {
  discoveryPoints,
  middleOfRepeats,
  pointLines,
  verdictMarks,
  type DiscoveryPoint,
} from './discovery-points.ts';
import { marks } from './goodput-chart.ts';

/** Offered rate against p50 and p99 latency, with the SLO and the bracket; `null` without points. */
export function latencyChart(run: RunRecord): Html | null {
  const points = discoveryPoints(run);
  const fastest = points.at(-1);
  if (fastest === undefined) return null;

  const sloMs = run.targets.latencyMs;
  const words = {
    id: 'latency',
    title: 'Latency against offered rate',
    description: `p50 and p99 of ${points.length} discovery steps up to ${rateText(fastest.offeredPerSecond)} requests/s; the SLO is ${millisecondsText(sloMs)} ms. The table below has every number.`,
  };
  const { markArea, markLine } = marks(run);
  const lines = [
    ...(isDrawable(sloMs)
      ? [markedLine('yAxis', onLogAxis(sloMs), `SLO ${millisecondsText(sloMs)} ms`, ink.strong)]
      : []),
    ...(markLine?.data ?? []),
  ];

  const option: ChartOption = (drawing) => ({
    ...frame(drawing, ['p99', 'p50']),
    xAxis: { ...valueAxis('offered, requests/s', 'x'), min: 0 },
    yAxis: latencyAxis(),
    series: [
      {
        ...percentile('p99', points, (point) => point.p99Ms, ink.second, 'solid'),
        ...(markArea === undefined ? {} : { markArea }),
        markLine: { silent: true, symbol: 'none', data: lines },
      },
      percentile('p50', points, (point) => point.p50Ms, ink.first, 'dashed'),
      {
        type: 'scatter',
        z: 5,
        data: points.map(({ offeredPerSecond, p99Ms, verdict }) => ({
          value: [offeredPerSecond, onLogAxis(p99Ms)],
          symbol: verdictMarks[verdict].symbol,
          symbolSize: verdictMarks[verdict].size,
          itemStyle: { color: verdictMarks[verdict].color, borderColor: ink.paper, borderWidth: 1.5 },
        })),
      },
    ],
  });
  const hits = points.map((point) => ({
    kind: 'point' as const,
    x: point.offeredPerSecond,
    y: onLogAxis(point.p99Ms),
    lines: pointLines(point),
  }));
  return drawChart(words, option, hits);
}

function percentile(
  name: string,
  points: readonly DiscoveryPoint[],
  value: (point: DiscoveryPoint) => number,
  color: string,
  type: 'solid' | 'dashed',
) {
  return {
    name,
    type: 'line',
    symbol: 'none',
    data: middleOfRepeats(points, (point) => onLogAxis(value(point))),
    lineStyle: { color, width: 2.5, type },
    itemStyle: { color },
  };
}
