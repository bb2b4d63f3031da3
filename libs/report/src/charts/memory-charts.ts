import type { MemorySweep, RunRecord } from '@spillway/capacity';
import { countText, dollarText, millisecondsText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import {
  categoryAxis,
  frame,
  isDrawable,
  latencyAxis,
  markedLine,
  onLogAxis,
  valueAxis,
} from './chart-parts.ts';

type Point = MemorySweep['points'][number];

/** Memory against p99 and its upper bound, with the SLO; `null` without a sweep. */
export function memoryLatencyChart({ sweeps, targets }: RunRecord): Html | null {
  const points = pointsOf(sweeps?.memory);
  const p99 = points.map(({ p99Ms }) => onAxis(p99Ms));
  const upper = points.map(({ p99UpperMs }) => onAxis(p99UpperMs));
  if ([...p99, ...upper].every((value) => value === null)) return null;
  const words = {
    id: 'memory-latency',
    title: 'p99 latency by memory',
    description: `p99 and its 95 % upper bound at ${points.length} memory sizes. The table has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(drawing, [], ['p99', '95 % upper bound']),
    xAxis: categoryAxis(
      'memory, MB',
      points.map(({ memorySize }) => countText(memorySize)),
    ),
    yAxis: latencyAxis(),
    series: [
      {
        ...series('p99', p99, ink.second, 'solid', 'circle'),
        ...(isDrawable(targets.latencyMs)
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [
                  markedLine(
                    'yAxis',
                    onLogAxis(targets.latencyMs),
                    `SLO ${millisecondsText(targets.latencyMs)} ms`,
                    ink.strong,
                  ),
                ],
              },
            }
          : {}),
      },
      series('95 % upper bound', upper, ink.first, 'dashed', 'triangle'),
    ],
  });
  const hits = points.flatMap((point, index) => {
    const y = upper[index] ?? p99[index] ?? null;
    return y === null ? [] : [{ kind: 'point' as const, x: index, y, lines: linesOf(point) }];
  });
  return drawChart(words, option, hits);
}

/** Memory against what Lambda costs for a million requests (F72); `null` without a sweep. */
export function memoryCostChart({ sweeps }: RunRecord): Html | null {
  const points = pointsOf(sweeps?.memory).filter(
    ({ usdPerMillion }) => usdPerMillion !== null && isDrawable(usdPerMillion),
  );
  if (points.length === 0) return null;
  const chosen = sweeps?.memory?.chosenMemorySize ?? null;
  const words = {
    id: 'memory-cost',
    title: 'Cost by memory',
    description: `USD per million requests for Lambda at ${points.length} memory sizes. The table has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...frame(drawing, [], ['meets the SLO', 'does not']),
    xAxis: categoryAxis(
      'memory, MB',
      points.map(({ memorySize }) => countText(memorySize)),
    ),
    yAxis: {
      ...valueAxis('USD per million requests', 'y'),
      min: 0,
      axisLabel: { color: ink.text, fontSize: 12, formatter: dollarText },
    },
    series: [
      bars(
        'meets the SLO',
        'var(--pass)',
        points.map((point) => (point.meetsTarget ? point : null)),
        chosen,
      ),
      bars(
        'does not',
        ink.axis,
        points.map((point) => (point.meetsTarget ? null : point)),
        chosen,
      ),
    ],
  });
  const hits = points.map((point, index) => ({ kind: 'category' as const, index, lines: linesOf(point) }));
  return drawChart(words, option, hits);
}

function pointsOf(sweep: MemorySweep | null | undefined): Point[] {
  return [...(sweep?.points ?? [])].sort((a, b) => a.memorySize - b.memorySize);
}

function onAxis(ms: number | null): number | null {
  return ms === null || !isDrawable(ms) ? null : onLogAxis(ms);
}

function series(
  name: string,
  data: readonly (number | null)[],
  color: string,
  type: 'solid' | 'dashed',
  symbol: 'circle' | 'triangle',
) {
  return {
    name,
    type: 'line',
    symbol,
    symbolSize: 10,
    data,
    lineStyle: { color, type, width: 2.5 },
    itemStyle: { color },
  };
}

function bars(name: string, color: string, points: readonly (Point | null)[], chosen: number | null) {
  return {
    name,
    type: 'bar',
    stack: 'cost',
    barMaxWidth: 56,
    itemStyle: { color },
    data: points.map((point) => ({
      value: point?.usdPerMillion ?? null,
      label: {
        show: point !== null && point.memorySize === chosen,
        position: 'top',
        formatter: 'chosen',
        color: ink.strong,
        fontSize: 12,
        fontWeight: 600,
      },
    })),
  };
}

function linesOf({
  memorySize,
  p99Ms,
  p99UpperMs,
  durationMeanMs,
  usdPerMillion,
  meetsTarget,
}: Point): string[] {
  return [
    `${countText(memorySize)} MB, ${meetsTarget ? 'meets the SLO' : 'does not meet the SLO'}`,
    `p99: ${millisecondsText(p99Ms)} ms`,
    `upper bound: ${millisecondsText(p99UpperMs)} ms`,
    `mean duration: ${millisecondsText(durationMeanMs)} ms`,
    `USD per million: ${dollarText(usdPerMillion)}`,
  ];
}
