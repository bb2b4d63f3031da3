import type { RunRecord } from '@spillway/capacity';
import { countText, millisecondsText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { badge, section, table, type Column } from './section.ts';

const TONES = { pass: 'good', fail: 'bad', inconclusive: 'open' } as const;

const columns: readonly Column[] = [
  { heading: 'step', kind: 'text' },
  { heading: 'verdict', kind: 'text' },
  { heading: 'requests', kind: 'figure' },
  { heading: 'within ms', kind: 'figure' },
  { heading: 'good', kind: 'figure' },
  { heading: 'slow', kind: 'figure' },
  { heading: 'throttled', kind: 'figure' },
  { heading: 'failed', kind: 'figure' },
  { heading: 'p99 ms', kind: 'figure' },
  { heading: 'max ms', kind: 'figure' },
];

/** Bursts from idle: how many requests at once met the SLO. */
export function burstSection({ steps, measurements }: RunRecord): Html {
  const rows = steps.flatMap(({ record, measurement, judgement }) => {
    if (record.purpose !== 'burst' || record.arrivals.kind !== 'burst') return [];
    const { outcomes, latencyMs, slow, judged, bad } = measurement;
    return [
      [
        record.name,
        badge(TONES[judgement.verdict], judgement.inconclusive ?? judgement.verdict),
        countText(record.arrivals.requests),
        millisecondsText(record.arrivals.withinMs),
        countText(Math.max(0, judged - bad)),
        countText(slow),
        countText(outcomes.throttled),
        countText(outcomes.failed),
        millisecondsText(latencyMs?.p99 ?? null),
        millisecondsText(latencyMs?.max ?? null),
      ],
    ];
  });
  if (rows.length === 0) return section('burst', 'Burst from idle', html`<p>No burst was measured.</p>`);
  const clean = measurements?.burst.cleanRequests ?? null;
  return section(
    'burst',
    'Burst from idle',
    clean !== null && html`<p>The largest burst that met the SLO: <b>${countText(clean)} requests</b>.</p>`,
    table('Bursts', columns, rows),
  );
}
