import type { RunRecord } from '@spillway/capacity';
import { payloadRateChart, payloadUnitsChart } from '../charts/payload-charts.ts';
import { countText, millisecondsText, rateText } from '../figures.ts';
import { html } from '../html.ts';
import { figure, section, sentences, table, type Column, type Section } from './section.ts';

const columns: readonly Column[] = [
  { heading: 'body bytes', kind: 'figure' },
  { heading: 'item bytes', kind: 'figure' },
  { heading: 'highest that passed/s', kind: 'figure' },
  { heading: 'lowest that failed/s', kind: 'figure' },
  { heading: 'p50 ms', kind: 'figure' },
  { heading: 'p99 ms', kind: 'figure' },
  { heading: 'write units by rule', kind: 'figure' },
  { heading: 'counted', kind: 'figure' },
];

/** What larger entries do to the rate and to the table; nothing where no size was swept. */
export function payloadSection(run: RunRecord): Section | null {
  const sweep = run.sweeps?.payload ?? null;
  if (sweep === null) return null;
  const rows = [...sweep.points]
    .sort((a, b) => a.payloadBytes - b.payloadBytes)
    .map((point) => [
      countText(point.payloadBytes),
      countText(point.itemBytes),
      rateText(point.lowerPerSecond),
      rateText(point.upperPerSecond),
      millisecondsText(point.latencyMs?.p50 ?? null),
      millisecondsText(point.latencyMs?.p99 ?? null),
      countText(point.writeUnits),
      rateText(point.measuredWriteUnits),
    ]);
  return section(
    'payload',
    'Payload size',
    sentences(sweep.reasons, 'The sweep gave no reasons.'),
    html`<div class="charts">
      ${figure('Sustained rate against size', 'a bracket at each size', payloadRateChart(run))}
      ${figure('Write units against size', 'one for each started KB of the item', payloadUnitsChart(run))}
    </div>`,
    rows.length > 0 && table('Payload sizes', columns, rows),
  );
}
