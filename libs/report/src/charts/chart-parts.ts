import { millisecondsText, rateText } from '../figures.ts';
import { ink, type Drawing } from './chart-frame.ts';
import { textWidth } from './text-width.ts';

/** An axis in the page's colours; `name` carries the unit. */
export function valueAxis(name: string, placement: 'x' | 'y') {
  return {
    type: 'value',
    name,
    nameLocation: placement === 'x' ? 'middle' : 'end',
    nameGap: placement === 'x' ? 28 : 14,
    nameTextStyle: { color: ink.text, fontSize: 12, align: placement === 'x' ? 'center' : 'left' },
    axisLabel: { color: ink.text, fontSize: 12, hideOverlap: true, formatter: rateText },
    axisLine: { show: placement === 'x', lineStyle: { color: ink.axis } },
    axisTick: { show: placement === 'x', lineStyle: { color: ink.axis } },
    splitLine: { show: placement === 'y', lineStyle: { color: ink.grid } },
  };
}

/** An axis of names, in the page's colours. */
export function categoryAxis(name: string, data: readonly string[]) {
  return {
    ...valueAxis(name, 'x'),
    type: 'category',
    data,
    axisLabel: { color: ink.text, fontSize: 12, hideOverlap: true },
    axisTick: { show: false },
  };
}

/** Milliseconds on a logarithmic axis: the tail is the point, and it is decades away from the median. */
export function latencyAxis() {
  return {
    ...valueAxis('latency, ms (log)', 'y'),
    type: 'log',
    axisLabel: { color: ink.text, fontSize: 12, formatter: millisecondsText },
  };
}

/** A logarithm needs more than 0; below this no clock here tells instants apart. */
export function onLogAxis(ms: number): number {
  return Math.max(ms, 0.1);
}

/** Px between two names of a legend and between its rows, px of the sign before a name, and px of a row. */
const LEGEND = { gapPx: 14, signPx: 27, fontPx: 12, rowPx: 26 };

/** Names of the series: `lines` are shown as their stroke, `marks` as their shape. */
export function legend(lines: readonly string[], marks: readonly string[] = []) {
  return {
    data: [...lines.map((name) => ({ name, itemStyle: { opacity: 0 } })), ...marks.map((name) => ({ name }))],
    top: 0,
    left: 0,
    itemWidth: 22,
    itemHeight: 10,
    itemGap: LEGEND.gapPx,
    textStyle: { color: ink.strong, fontSize: LEGEND.fontPx },
  };
}

/**
 * A legend with the margins it needs: itself and the axis name above, the axis and its name below.
 * @param lines names shown as a stroke
 * @param marks names shown as a shape
 */
export function frame({ narrow, width }: Drawing, lines: readonly string[], marks: readonly string[] = []) {
  let rows = 1;
  let atPx = 0;
  for (const name of [...lines, ...marks]) {
    const namePx = LEGEND.signPx + textWidth(name, LEGEND.fontPx);
    if (atPx > 0 && atPx + namePx > width - 10) {
      rows += 1;
      atPx = 0;
    }
    atPx += namePx + LEGEND.gapPx;
  }
  return {
    legend: legend(lines, marks),
    grid: {
      left: 8,
      right: narrow ? 14 : 22,
      top: 34 + rows * LEGEND.rowPx,
      bottom: 34,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
  } as const;
}

/** A dashed line that says what it is, at one value of one axis; upright text stands before or after its line. */
export function markedLine(
  axis: 'xAxis' | 'yAxis',
  value: number,
  text: string,
  color: string = ink.limit,
  side: 'before' | 'after' = 'before',
) {
  return {
    [axis]: value,
    lineStyle: { color, type: 'dashed', width: 1.5 },
    label: {
      formatter: text,
      color,
      fontSize: 12,
      fontWeight: 600,
      position: axis === 'yAxis' ? 'insideStartTop' : side === 'before' ? 'insideEndTop' : 'insideEndBottom',
      textBorderColor: ink.paper,
      textBorderWidth: 3,
    },
  };
}

/** The span between two values of the x axis, such as the bracket. */
export function markedSpan(fromX: number, toX: number) {
  return [{ xAxis: fromX, itemStyle: { color: ink.band } }, { xAxis: toX }];
}

/** A measured value that a chart can hold: 0, or between a thousandth and a thousand million. */
export function isDrawable(value: number): boolean {
  return value === 0 || (value >= 1e-3 && value <= 1e9);
}
