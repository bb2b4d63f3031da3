import type { Cost, CostAtShare } from '@spillway/capacity';
import { dollarText, percentText } from '../figures.ts';
import type { Html } from '../html.ts';
import { drawChart, ink, type ChartOption } from './chart-frame.ts';
import { categoryAxis, frame, isDrawable, valueAxis } from './chart-parts.ts';

/** The parts of a bill that a reader can change one by one, and the lines that are in each. */
const PARTS = [
  { name: 'gateway', color: ink.first, holds: (line: string) => line.endsWith(' API') },
  { name: 'Lambda', color: ink.second, holds: (line: string) => line.startsWith('Lambda') },
  { name: 'table', color: ink.third, holds: (line: string) => line.startsWith('Table') },
  {
    name: 'logs, metrics, traces',
    color: ink.limit,
    holds: (line: string) => /^(Logs|Metrics|Traces)/.test(line),
  },
] as const;

/** What a month costs at shares of the rate limit, REST against HTTP API, stacked by part; `null` beyond drawing. */
export function costChart(months: readonly CostAtShare[]): Html | null {
  const bars = months.flatMap(({ share, rest, http }) => [
    { api: 'REST', share, cost: rest },
    { api: 'HTTP', share, cost: http },
  ]);
  if (!bars.every(({ cost }) => isDrawable(cost.usdPerMonth))) return null;
  const words = {
    id: 'costs',
    title: 'A month at the proposed rate limit',
    description: `USD a month at ${months.map(({ share }) => percentText(share)).join(', ')} of the rate limit, REST API against HTTP API. The table has every number.`,
  };
  const option: ChartOption = (drawing) => ({
    ...taller(
      frame(
        drawing,
        [],
        PARTS.map(({ name }) => name),
      ),
    ),
    xAxis: {
      ...categoryAxis(
        'share of the rate limit',
        bars.map(({ api, share }) => `${api}\n${percentText(share)}`),
      ),
      nameGap: 40,
    },
    yAxis: {
      ...valueAxis('USD a month', 'y'),
      min: 0,
      axisLabel: { color: ink.text, fontSize: 12, formatter: dollarText },
    },
    series: PARTS.map(({ name, color, holds }) => ({
      name,
      type: 'bar',
      stack: 'cost',
      barMaxWidth: 56,
      itemStyle: { color },
      data: bars.map(({ cost }) => partOf(cost, holds)),
    })),
  });
  const hits = bars.map(({ api, share, cost }, index) => ({
    kind: 'category' as const,
    index,
    lines: [
      `${api} API at ${percentText(share)}`,
      ...PARTS.map(({ name, holds }) => `${name}: ${dollarText(partOf(cost, holds))}`),
      `together: ${dollarText(cost.usdPerMonth)}`,
    ],
  }));
  return drawChart(words, option, hits);
}

function partOf({ lines }: Cost, holds: (line: string) => boolean): number {
  return lines.filter(({ name }) => holds(name)).reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
}

/** The names of the bars have two lines. */
function taller<T extends { readonly grid: { readonly bottom: number } }>(framed: T) {
  return { ...framed, grid: { ...framed.grid, bottom: 48 } };
}
