import { millisecondsText, rateText } from '../figures.ts';
import { ink } from './chart-frame.ts';

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

/** Names of the series: `lines` are shown as their stroke, `marks` as their shape. */
export function legend(lines: readonly string[], marks: readonly string[] = []) {
  return {
    data: [...lines.map((name) => ({ name, itemStyle: { opacity: 0 } })), ...marks.map((name) => ({ name }))],
    top: 0,
    left: 0,
    itemWidth: 22,
    itemHeight: 10,
    itemGap: 20,
    textStyle: { color: ink.strong, fontSize: 12 },
  };
}

/** Margins: the legend and the axis name above, the axis and its name below. */
export function grid(narrow: boolean) {
  return {
    left: 8,
    right: narrow ? 14 : 22,
    top: narrow ? 74 : 62,
    bottom: 34,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  };
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
