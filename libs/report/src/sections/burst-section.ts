import type { RunRecord } from '@spillway/capacity';
import { burstChart } from '../charts/burst-chart.ts';
import { countsOfStep, layersIn, outcomeLayers } from '../charts/outcome-layers.ts';
import { countText, millisecondsText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { badge, figure, section, table, type Column, type Section } from './section.ts';

const TONES = { pass: 'good', fail: 'bad', inconclusive: 'open' } as const;

/** Bursts from idle: how many requests at once met the SLO. */
export function burstSection(run: RunRecord): Section {
  const { steps, measurements } = run;
  const bursts = steps.filter(({ record }) => record.purpose === 'burst' && record.arrivals.kind === 'burst');
  if (bursts.length === 0) return section('burst', 'Burst from idle', html`<p>No burst was measured.</p>`);
  const clean = measurements?.burst.cleanRequests ?? null;
  return section(
    'burst',
    'Burst from idle',
    clean !== null && html`<p>The largest burst that met the SLO: <b>${countText(clean)} requests</b>.</p>`,
    html`<div class="beside">
      ${figure('Bursts by size', 'what became of their requests', burstChart(run))} ${burstTable(bursts)}
    </div>`,
  );
}

/** A column for each outcome that occurs; throttled and failed always have one. */
function burstTable(bursts: RunRecord['steps']): Html {
  const all = bursts.map(({ measurement }) => countsOfStep(measurement));
  const occurring = layersIn(all);
  const layers = outcomeLayers.filter(
    (layer) => occurring.includes(layer) || layer.key === 'throttled' || layer.key === 'failed',
  );
  const columns: readonly Column[] = [
    { heading: 'step', kind: 'text' },
    { heading: 'verdict', kind: 'text' },
    { heading: 'requests', kind: 'figure' },
    ...layers.map(({ key }) => ({ heading: key, kind: 'figure' }) as const),
    { heading: 'p99 ms', kind: 'figure' },
  ];
  const rows = bursts.map(({ record, measurement, judgement }, index) => [
    record.name,
    badge(TONES[judgement.verdict], judgement.inconclusive ?? judgement.verdict),
    countText(record.arrivals.kind === 'burst' ? record.arrivals.requests : null),
    ...layers.map(({ key }) => countText(all[index]?.[key] ?? null)),
    millisecondsText(measurement.latencyMs?.p99 ?? null),
  ]);
  return table('Bursts', columns, rows);
}
