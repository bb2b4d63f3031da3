import type { RunRecord } from '@spillway/capacity';
import { countText, millisecondsText, percentText, rateText } from '../figures.ts';
import { html } from '../html.ts';
import { badge, section, table, type Column, type Section } from './section.ts';

type Step = RunRecord['steps'][number];

const TONES = { pass: 'good', fail: 'bad', inconclusive: 'open' } as const;

const columns: readonly Column[] = [
  { heading: 'step', kind: 'text' },
  { heading: 'verdict', kind: 'text' },
  { heading: 'offered/s', kind: 'figure' },
  { heading: 'goodput/s', kind: 'figure' },
  { heading: 'p50 ms', kind: 'figure' },
  { heading: 'p99 ms', kind: 'figure' },
  { heading: 'judged', kind: 'figure' },
  { heading: 'throttled', kind: 'figure' },
  { heading: 'failed', kind: 'figure' },
  { heading: 'timed out', kind: 'figure' },
  { heading: 'bad, 95 % bounds', kind: 'figure' },
  { heading: 'host busy', kind: 'figure' },
];

/** Every step but the bursts, in the order in which they ran. */
export function stepsSection({ steps }: RunRecord): Section {
  const shown = steps.filter(({ record }) => record.purpose !== 'burst');
  return section(
    'steps',
    'Steps',
    shown.length === 0
      ? html`<p>No step was measured.</p>`
      : table(
          'Steps in the order they ran',
          columns,
          shown.map(row),
          shown.map(({ judgement }) => judgement.reasons.join('; ')),
        ),
  );
}

function row({ record, measurement, judgement }: Step) {
  const { outcomes, latencyMs } = measurement;
  return [
    record.name,
    badge(TONES[judgement.verdict], judgement.inconclusive ?? judgement.verdict),
    rateText(measurement.offeredPerSecond),
    rateText(measurement.goodputPerSecond),
    millisecondsText(latencyMs?.p50 ?? null),
    millisecondsText(latencyMs?.p99 ?? null),
    countText(measurement.judged),
    countText(outcomes.throttled),
    countText(outcomes.failed),
    countText(outcomes.timeout + outcomes.connectionError),
    `${percentText(measurement.badRatioLower)} – ${percentText(measurement.badRatioUpper)}`,
    percentText(Math.round(record.host.busyRatio * 100) / 100),
  ];
}
