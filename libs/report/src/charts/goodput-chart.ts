import type { RunRecord } from '@spillway/capacity';
import { bindingName } from '../binding-name.ts';
import { rateText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, markedLine, markedSpan, valueAxis } from './chart-parts.ts';
import { discoveryPoints, middleOfRepeats, pointLines, verdictMarks } from './discovery-points.ts';

/** Offered rate against goodput, with the bracket and the proposed rate limit; `null` without points. */
export function goodputChart(run: RunRecord): Html | null {
  const points = discoveryPoints(run);
  const fastest = points.at(-1);
  if (fastest === undefined) return null;

  const words = {
    id: 'goodput',
    title: 'Goodput against offered rate',
    description: `${points.length} discovery steps up to ${rateText(fastest.offeredPerSecond)} requests/s. The table below has every number.`,
  };
  const verdicts = (['pass', 'fail', 'inconclusive'] as const)
    .map((verdict) => ({ mark: verdictMarks[verdict], of: points.filter((p) => p.verdict === verdict) }))
    .filter(({ of }) => of.length > 0);

  const option: ChartOption = (drawing) => ({
    ...frame(
      drawing,
      ['all good', 'goodput'],
      verdicts.map(({ mark }) => mark.name),
    ),
    xAxis: { ...valueAxis('offered, requests/s', 'x'), min: 0 },
    yAxis: { ...valueAxis('goodput, requests/s', 'y'), min: 0 },
    series: [
      {
        name: 'all good',
        type: 'line',
        symbol: 'none',
        data: [
          [0, 0],
          [fastest.offeredPerSecond, fastest.offeredPerSecond],
        ],
        lineStyle: { color: ink.axis, type: 'dotted', width: 1.5 },
        itemStyle: { color: ink.axis },
        ...marks(run),
      },
      {
        name: 'goodput',
        type: 'line',
        symbol: 'none',
        data: middleOfRepeats(points, ({ goodputPerSecond }) => goodputPerSecond),
        lineStyle: { color: ink.first, width: 2.5 },
        itemStyle: { color: ink.first },
      },
      ...verdicts.map(({ mark, of }) => ({
        name: mark.name,
        type: 'scatter',
        symbol: mark.symbol,
        symbolSize: mark.size,
        itemStyle: { color: mark.color, borderColor: ink.paper, borderWidth: 1.5 },
        z: 5,
        data: of.map(({ offeredPerSecond, goodputPerSecond }) => [offeredPerSecond, goodputPerSecond]),
      })),
    ],
  });
  const hits = points.map((point) => ({
    kind: 'point' as const,
    x: point.offeredPerSecond,
    y: point.goodputPerSecond,
    lines: pointLines(point),
  }));
  return drawChart(words, option, hits);
}

/** The bracket as a span (or its one end as a line), what bound it at its upper end, and the proposed limit. */
export function marks({ estimate, recommendation, binding }: RunRecord) {
  const lower = estimate?.lowerPerSecond ?? null;
  const upper = estimate?.upperPerSecond ?? null;
  const limit = recommendation?.limits.rateLimit ?? null;
  const hasSpan = lower !== null && upper !== null && isDrawable(lower) && isDrawable(upper) && lower < upper;
  const lines = [
    ...(limit !== null && isDrawable(limit) ? [markedLine('xAxis', limit, `limit ${rateText(limit)}`)] : []),
    ...(!hasSpan && lower !== null && isDrawable(lower)
      ? [markedLine('xAxis', lower, `≥ ${rateText(lower)}`, ink.strong)]
      : []),
    ...(binding !== null && upper !== null && isDrawable(upper)
      ? [markedLine('xAxis', upper, bindingName(binding), 'var(--fail)', 'after')]
      : []),
  ];
  return {
    ...(hasSpan ? { markArea: { silent: true, data: [markedSpan(lower, upper)] } } : {}),
    ...(lines.length > 0 ? { markLine: { silent: true, symbol: 'none', data: lines } } : {}),
  };
}
