import { grouped } from '@spillway/capacity';
import { isThrottled, simulatedOutcomes, type SimulationResult } from '@spillway/simulation';
import type { Paint } from '../diff-text.ts';

/** Rows and columns of the chart. */
const MOST_ROWS = 25;
const BAR_WIDTH = 40;

/** Spans that a row may have, s: such as a clock has marks for. */
const SPANS = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200];

interface Row {
  readonly from: number;
  readonly to: number;
  readonly arrived: number;
  readonly acknowledged: number;
  readonly throttled: number;
  readonly failed: number;
  readonly inUse: number;
  readonly environments: number;
}

/** What became of a load over time: a row a span, rates per second, a bar whose length is the rate of arrivals. */
export function outcomeChart({ seconds }: SimulationResult, paint: Paint): string {
  const { length } = seconds.requests;
  if (length === 0) return 'Nobody came.';
  const width = SPANS.find((span) => length <= span * MOST_ROWS) ?? Math.ceil(length / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(length / width) }, (_, index) =>
    rowOf(seconds, index * width, Math.min(length, (index + 1) * width)),
  );
  const most = Math.max(...rows.map(({ arrived }) => arrived));
  const header = ['time', 'arrive/s', '200/s', '429/s', '5xx/s', 'in use', 'environments'];
  const cells = rows.map((row) => [
    `${clock(row.from)}–${clock(row.to)}`,
    ...[row.arrived, row.acknowledged, row.throttled, row.failed].map(rateText),
    rateText(row.inUse),
    grouped(row.environments),
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => (row[column] as string).length)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padStart(widths[column] as number)).join('  ');
  const legend = `${paint('green', '█')} 200  ${paint('yellow', '▒')} 429  ${paint('red', '×')} 5xx`;
  return [
    `${paint('bold', line(header))}  ${legend}`,
    ...rows.map((row, index) => `${line(cells[index] as string[])}  ${bar(row, most, paint)}`.trimEnd()),
  ].join('\n');
}

function rowOf(seconds: SimulationResult['seconds'], from: number, to: number): Row {
  const perSecond = (values: Float64Array) =>
    values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  const throttled = simulatedOutcomes.filter(isThrottled);
  const failed = simulatedOutcomes.filter((name) => name !== 'acknowledged' && !isThrottled(name));
  const total = (names: readonly (typeof simulatedOutcomes)[number][]) =>
    names.reduce((sum, name) => sum + perSecond(seconds[name]), 0);
  return {
    from,
    to,
    arrived: perSecond(seconds.requests) + perSecond(seconds.retries),
    acknowledged: perSecond(seconds.acknowledged),
    throttled: total(throttled),
    failed: total(failed),
    inUse: perSecond(seconds.inUseMs) / 1000,
    environments: seconds.environments.slice(from, to).reduce((most, value) => Math.max(most, value), 0),
  };
}

/** Parts of the bar end where their cumulated rates do, so that rounding never makes it longer. */
function bar({ acknowledged, throttled, failed }: Row, most: number, paint: Paint): string {
  const at = (rate: number) => Math.round((rate / Math.max(most, Number.MIN_VALUE)) * BAR_WIDTH);
  const ends = [
    at(acknowledged),
    at(acknowledged + throttled),
    at(acknowledged + throttled + failed),
  ] as const;
  return (
    paint('green', '█'.repeat(ends[0])) +
    paint('yellow', '▒'.repeat(ends[1] - ends[0])) +
    paint('red', '×'.repeat(ends[2] - ends[1]))
  );
}

function rateText(value: number): string {
  return value < 1000 ? grouped(value, 3) : grouped(Math.round(value));
}

function clock(second: number): string {
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(second % 60)}` : `${minutes}:${two(second % 60)}`;
}
