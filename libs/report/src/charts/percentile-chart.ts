import type { Answers, RunRecord } from '@spillway/capacity';
import { millisecondsText, rateText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { drawChart, ink, isDrawable } from './chart-frame.ts';
import { table } from '../sections/section.ts';
import { grid, latencyAxis, legend, markedLine, onLogAxis, valueAxis } from './chart-parts.ts';

/** Percentiles named in the table below the chart. */
const NAMED = [0.5, 0.9, 0.99, 0.999];
/** Points a curve: even in nines, so that the tail is as smooth as the middle. */
const POINTS = 90;
const STYLES = [
  { color: ink.first, type: 'dashed' },
  { color: ink.third, type: 'solid' },
  { color: ink.second, type: 'solid' },
] as const;

/** Latencies of one step, ascending, without its warm-up. */
interface Distribution {
  readonly name: string;
  readonly latenciesMs: Float64Array;
}

/**
 * The whole distribution of latency, percentiles on an axis that counts nines, for up to three discovery steps:
 * the slowest rate, the highest that passed and the lowest that failed. `null` without their answers.
 */
export function percentileChart(run: RunRecord, answersByStep: ReadonlyMap<string, Answers>): Html | null {
  const distributions = tellingSteps(run).flatMap(({ record, measurement }) => {
    const answers = answersByStep.get(record.name);
    const latenciesMs = answers === undefined ? null : sortedLatencies(answers, record.warmUpMs);
    if (latenciesMs === null || latenciesMs.length === 0) return [];
    return [{ name: `${rateText(measurement.offeredPerSecond)}/s (${record.name})`, latenciesMs }];
  });
  if (distributions.length === 0) return null;

  const sloMs = run.targets.latencyMs;
  const words = {
    id: 'percentiles',
    title: 'Latency by percentile',
    description: `All answers of ${distributions.map(({ name }) => name).join(', ')}. The table below has the usual percentiles.`,
  };
  const chart = drawChart(words, (narrow) => ({
    legend: {
      ...legend(distributions.map(({ name }) => name)),
      orient: narrow ? 'vertical' : 'horizontal',
      itemGap: narrow ? 2 : 20,
    },
    grid: { ...grid(narrow), ...(narrow ? { top: 92 } : {}) },
    xAxis: {
      ...valueAxis('percentile', 'x'),
      min: 0,
      max: 3,
      interval: 1,
      axisLabel: { color: ink.text, fontSize: 12, formatter: ninesText },
    },
    yAxis: latencyAxis(),
    series: distributions.map((distribution, index) => ({
      name: distribution.name,
      type: 'line',
      symbol: 'none',
      data: curve(distribution),
      lineStyle: { color: STYLES[index]?.color, type: STYLES[index]?.type, width: 2.5 },
      itemStyle: { color: STYLES[index]?.color },
      ...(index === 0 && isDrawable(sloMs)
        ? {
            markLine: {
              silent: true,
              symbol: 'none',
              data: [markedLine('yAxis', onLogAxis(sloMs), `SLO ${millisecondsText(sloMs)} ms`, ink.strong)],
            },
          }
        : {}),
    })),
  }));
  return html`<div class="beside">
    <div>${chart}</div>
    ${percentileTable(distributions)}
  </div>`;
}

function tellingSteps({ steps }: RunRecord): RunRecord['steps'] {
  const discovery = steps
    .filter(({ record }) => record.purpose === 'discovery')
    .sort((a, b) => a.measurement.offeredPerSecond - b.measurement.offeredPerSecond);
  const failing = discovery.find(({ judgement }) => judgement.verdict === 'fail');
  const passing = discovery.filter(
    ({ judgement, measurement }) =>
      judgement.verdict === 'pass' &&
      measurement.offeredPerSecond < (failing?.measurement.offeredPerSecond ?? Infinity),
  );
  return [...new Set([passing[0], passing.at(-1), failing])].filter((step) => step !== undefined);
}

function sortedLatencies(answers: Answers, warmUpMs: number): Float64Array {
  return answers.latencyMs
    .filter((latencyMs, index) => (answers.intendedMs[index] ?? 0) >= warmUpMs && isDrawable(latencyMs))
    .sort();
}

function curve({ latenciesMs }: Distribution): [number, number][] {
  const mostNines = Math.min(3, Math.log10(latenciesMs.length));
  return Array.from({ length: POINTS + 1 }, (_, index) => {
    const nines = (index / POINTS) * mostNines;
    return [nines, onLogAxis(quantile(latenciesMs, 1 - 10 ** -nines))];
  });
}

function quantile(latenciesMs: Float64Array, ratio: number): number {
  return latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * ratio))] ?? 0;
}

function ninesText(nines: number): string {
  return ['min', 'p90', 'p99', 'p99.9'][nines] ?? '';
}

function percentileTable(distributions: readonly Distribution[]): Html {
  const columns = [
    { heading: 'step', kind: 'text' },
    ...NAMED.map((ratio) => ({ heading: `p${ratio * 100} ms`, kind: 'figure' }) as const),
    { heading: 'max ms', kind: 'figure' },
  ] as const;
  const rows = distributions.map(({ name, latenciesMs }) => [
    name,
    ...[...NAMED, 1].map((ratio) => millisecondsText(quantile(latenciesMs, ratio))),
  ]);
  return table('Latency by percentile', columns, rows);
}
