import type { PayloadSweep, RunRecord } from '@spillway/capacity';
import { countText, millisecondsText, rateText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, valueAxis } from './chart-parts.ts';

type Point = PayloadSweep['points'][number];

/** Size of the body against the rate that the stage holds, as a bracket; `null` without a sweep. */
export function payloadRateChart({ sweeps }: RunRecord): Html | null {
  const points = pointsOf(sweeps?.payload);
  const passed = points.flatMap((point) => drawn(point, point.lowerPerSecond));
  const failed = points.flatMap((point) => drawn(point, point.upperPerSecond));
  if (passed.length + failed.length === 0) return null;
  const words = {
    id: 'payload-rate',
    title: 'Sustained rate against size',
    description: `Highest rate that passed and lowest that failed at ${points.length} sizes. The table has every number.`,
  };
  return drawChart(
    words,
    option({ ...valueAxis('requests/s', 'y'), min: 0 }, [
      { name: 'highest that passed', data: passed, symbol: 'circle', color: 'var(--pass)', type: 'solid' },
      { name: 'lowest that failed', data: failed, symbol: 'diamond', color: 'var(--fail)', type: 'dashed' },
    ]),
    hitsOf(points, ({ lowerPerSecond, upperPerSecond }) => lowerPerSecond ?? upperPerSecond),
  );
}

/** Size of the body against the write units of its item, by rule (F43) and as counted; `null` without a sweep. */
export function payloadUnitsChart({ sweeps }: RunRecord): Html | null {
  const points = pointsOf(sweeps?.payload);
  const byRule = points.flatMap((point) => drawn(point, point.writeUnits));
  const counted = points.flatMap((point) => drawn(point, point.measuredWriteUnits));
  if (byRule.length === 0) return null;
  const words = {
    id: 'payload-units',
    title: 'Write units against size',
    description: `Write units of an item by rule, and as the table counted them, at ${points.length} sizes. The table has every number.`,
  };
  return drawChart(
    words,
    option({ ...valueAxis('write units an item (log)', 'y'), type: 'log' }, [
      { name: 'by rule', data: byRule, symbol: 'none', color: ink.first, type: 'solid' },
      ...(counted.length > 0
        ? [{ name: 'counted', data: counted, symbol: 'diamond', color: ink.second, type: 'dotted' } as const]
        : []),
    ]),
    hitsOf(points, ({ writeUnits }) => writeUnits),
  );
}

interface Series {
  readonly name: string;
  readonly data: [number, number][];
  readonly symbol: 'circle' | 'diamond' | 'none';
  readonly color: string;
  readonly type: 'solid' | 'dashed' | 'dotted';
}

function option(yAxis: object, series: readonly Series[]): ChartOption {
  return (drawing) => ({
    ...frame(
      drawing,
      series.filter(({ symbol }) => symbol === 'none').map(({ name }) => name),
      series.filter(({ symbol }) => symbol !== 'none').map(({ name }) => name),
    ),
    xAxis: {
      ...valueAxis('body, bytes (log)', 'x'),
      type: 'log',
      axisLabel: { color: ink.text, fontSize: 12, hideOverlap: true, formatter: countText },
    },
    yAxis,
    series: series.map(({ name, data, symbol, color, type }) => ({
      name,
      type: 'line',
      symbol,
      symbolSize: 11,
      data,
      lineStyle: { color, type, width: 2 },
      itemStyle: { color },
    })),
  });
}

function pointsOf(sweep: PayloadSweep | null | undefined): Point[] {
  return [...(sweep?.points ?? [])]
    .filter(({ payloadBytes }) => isDrawable(payloadBytes))
    .sort((a, b) => a.payloadBytes - b.payloadBytes);
}

function drawn({ payloadBytes }: Point, value: number | null): [number, number][] {
  return value === null || !isDrawable(value) ? [] : [[payloadBytes, value]];
}

function hitsOf(points: readonly Point[], value: (point: Point) => number | null) {
  return points.flatMap((point) => {
    const [at] = drawn(point, value(point));
    if (at === undefined) return [];
    const { payloadBytes, writeUnits, measuredWriteUnits, lowerPerSecond, upperPerSecond, latencyMs } = point;
    const lines = [
      `${countText(payloadBytes)} bytes`,
      `passed: ${rateText(lowerPerSecond)}/s`,
      `failed: ${rateText(upperPerSecond)}/s`,
      `p99: ${millisecondsText(latencyMs?.p99 ?? null)} ms`,
      `write units: ${countText(writeUnits)} by rule, ${rateText(measuredWriteUnits)} counted`,
    ];
    return [{ kind: 'point' as const, x: at[0], y: at[1], lines }];
  });
}
