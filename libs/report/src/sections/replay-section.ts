import type { RunRecord } from '@spillway/capacity';
import { html } from '../html.ts';
import { badge, section, table, type Column, type Section } from './section.ts';

const TONES = { met: 'good', missed: 'bad', inconclusive: 'open' } as const;

const columns: readonly Column[] = [
  { heading: 'check', kind: 'text' },
  { heading: 'outcome', kind: 'text' },
  { heading: 'found', kind: 'text' },
  { heading: 'wanted', kind: 'text' },
];

/** The limits in force: what was checked with them applied. */
export function replaySection({ replay }: RunRecord): Section {
  if (replay === null) return section('replay', 'Replay', html`<p>No limits were replayed.</p>`);
  const whose = replay.of === 'proposed' ? 'proposed by this run' : 'deployed on the stage';
  return section(
    'replay',
    'Replay',
    html`<p>
      ${badge(toneOf(replay), replay.verified ? 'verified' : 'not verified')} with the limits ${whose}.
    </p>`,
    replay.checks.length > 0 &&
      table(
        'Replay checks',
        columns,
        replay.checks.map(({ name, outcome, found, wanted }) => [
          name,
          badge(TONES[outcome], outcome),
          found,
          wanted,
        ]),
      ),
  );
}

/** A check that proved nothing is no miss. */
function toneOf({ verified, checks }: NonNullable<RunRecord['replay']>): 'good' | 'bad' | 'open' {
  if (verified) return 'good';
  return checks.some(({ outcome }) => outcome === 'missed') ? 'bad' : 'open';
}
