import type { Answers, RunRecord } from '@spillway/capacity';
import { millisecondsText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { table } from '../sections/section.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { frame, isDrawable, latencyAxis, markedLine, onLogAxis, valueAxis } from './chart-parts.ts';
import { distributionName, distributionsOf, NAMED_RATIOS, type Distribution } from './percentile-curves.ts';

/** Nines of the places that can be pointed at: p50, p90, p99, p99.9. */
const NINES = [Math.log10(2), 1, 2, 3];
const STYLES = {
  'slowest rate': { color: ink.first, type: 'dashed' },
  'highest that passed': { color: ink.third, type: 'solid' },
  'lowest that failed': { color: ink.second, type: 'solid' },
} as const;

/**
 * The whole distribution of latency of every discovery step, percentiles on an axis that counts nines. In colour:
 * the slowest rate, the highest that passed and the lowest that failed. `null` without their answers.
 */
export function percentileChart(run: RunRecord, answersByStep: ReadonlyMap<string, Answers>): Html | null {
  const distributions = distributionsOf(run, answersByStep).filter(({ curve }) =>
    curve.every(([, ms]) => isDrawable(ms)),
  );
  if (distributions.length === 0) return null;

  const sloMs = run.targets.latencyMs;
  const told = distributions.filter(({ stands }) => stands !== null);
  const others = distributions.filter(({ stands }) => stands === null);
  const words = {
    id: 'percentiles',
    title: 'Latency by percentile',
    description: `The answers that ${distributions.length} discovery steps are judged by. The table has the usual percentiles.`,
  };
  const names = [...told.map(legendName), ...(others.length > 0 ? [OTHERS] : [])];
  const option: ChartOption = (drawing) => ({
    ...stacked(frame(drawing, names), names.length),
    xAxis: {
      ...valueAxis('percentile', 'x'),
      min: 0,
      max: 3,
      interval: 1,
      axisLabel: { color: ink.text, fontSize: 12, formatter: ninesText },
    },
    yAxis: latencyAxis(),
    series: [
      ...others.map((distribution) =>
        curveSeries(OTHERS, distribution, { color: ink.axis, type: 'solid' }, 1),
      ),
      ...told.map((distribution) =>
        curveSeries(
          legendName(distribution),
          distribution,
          STYLES[distribution.stands ?? 'slowest rate'],
          2.5,
        ),
      ),
      {
        type: 'line',
        data: [],
        ...(isDrawable(sloMs)
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [
                  markedLine('yAxis', onLogAxis(sloMs), `SLO ${millisecondsText(sloMs)} ms`, ink.strong),
                ],
              },
            }
          : {}),
      },
    ],
  });
  const hits = told.flatMap((distribution) =>
    NINES.filter((nines) => 10 ** nines <= distribution.judged).map((nines, index) => ({
      kind: 'point' as const,
      x: nines,
      y: onLogAxis(distribution.namedMs[index] ?? 0),
      lines: [
        distributionName(distribution),
        ...NAMED_RATIOS.slice(0, NINES.length).map(
          (ratio, named) => `${nameOf(ratio)}: ${millisecondsText(distribution.namedMs[named] ?? null)} ms`,
        ),
      ],
    })),
  );
  return html`<div class="beside">
    <div>${drawChart(words, option, hits)}</div>
    ${percentileTable(distributions)}
  </div>`;
}

const OTHERS = 'other rates';
const LEGEND_ROW_PX = 17;

/** Long names stand below each other. */
function stacked({ legend, grid }: ReturnType<typeof frame>, names: number) {
  return {
    legend: { ...legend, orient: 'vertical', itemGap: 4 },
    grid: { ...grid, top: 38 + names * LEGEND_ROW_PX },
  };
}

function legendName(distribution: Distribution): string {
  return `${distributionName(distribution)}, ${distribution.stands ?? ''}`;
}

function curveSeries(
  name: string,
  distribution: Distribution,
  { color, type }: { readonly color: string; readonly type: 'solid' | 'dashed' },
  width: number,
) {
  return {
    name,
    type: 'line',
    symbol: 'none',
    data: distribution.curve,
    lineStyle: { color, type, width },
    itemStyle: { color },
  };
}

function ninesText(nines: number): string {
  return ['min', 'p90', 'p99', 'p99.9'][nines] ?? '';
}

function nameOf(ratio: number): string {
  return ratio === 1 ? 'max' : `p${ratio * 100}`;
}

function percentileTable(distributions: readonly Distribution[]): Html {
  const columns = [
    { heading: 'step', kind: 'text' },
    ...NAMED_RATIOS.map((ratio) => ({ heading: `${nameOf(ratio)} ms`, kind: 'figure' }) as const),
  ] as const;
  const rows = distributions.map((distribution) => [
    distributionName(distribution),
    ...distribution.namedMs.map((ms) => millisecondsText(ms)),
  ]);
  return table('Latency by percentile', columns, rows);
}
