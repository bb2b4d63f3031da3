import type { MemorySweep, RunRecord } from '@spillway/capacity';
import { memoryCostChart, memoryLatencyChart } from '../charts/memory-charts.ts';
import { countText, dollarText, millisecondsText, rateText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { badge, figure, section, sentences, table, type Column, type Section } from './section.ts';

const columns: readonly Column[] = [
  { heading: 'memory MB', kind: 'figure' },
  { heading: 'SLO', kind: 'text' },
  { heading: 'p99 ms', kind: 'figure' },
  { heading: '95 % upper bound', kind: 'figure' },
  { heading: 'mean duration ms', kind: 'figure' },
  { heading: 'USD per million', kind: 'figure' },
];

/** The same load at several memory sizes, and the cheapest that meets the SLO; nothing where none was swept. */
export function memorySection(run: RunRecord): Section | null {
  const sweep = run.sweeps?.memory ?? null;
  if (sweep === null) return null;
  const rows = [...sweep.points]
    .sort((a, b) => a.memorySize - b.memorySize)
    .map((point) => [
      countText(point.memorySize),
      sloBadge(point),
      millisecondsText(point.p99Ms),
      millisecondsText(point.p99UpperMs),
      millisecondsText(point.durationMeanMs),
      dollarText(point.usdPerMillion),
    ]);
  const chosen = sweep.chosenMemorySize;
  return section(
    'memory',
    'Memory size',
    html`<p>
      At ${rateText(sweep.ratePerSecond)} requests/s the cheapest that meets the SLO:
      <b>${chosen === null ? 'none of them' : `${countText(chosen)} MB`}</b>.
    </p>`,
    sentences(sweep.reasons, 'The sweep gave no reasons.'),
    html`<div class="charts">
      ${figure('p99 latency by memory', 'with its 95 % upper bound', memoryLatencyChart(run))}
      ${figure('Cost by memory', 'Lambda alone, per million requests', memoryCostChart(run))}
    </div>`,
    rows.length > 0 && table('Memory sizes', columns, rows),
  );
}

/** Too few judged is no miss: without a bound nothing is proven. */
function sloBadge({ meetsTarget, p99UpperMs }: MemorySweep['points'][number]): Html {
  if (meetsTarget) return badge('good', 'met');
  return p99UpperMs === null ? badge('open', 'not proven') : badge('bad', 'missed');
}
