import type { RunRecord } from '@spillway/capacity';
import { countText } from '../figures.ts';
import { html } from '../html.ts';
import { badge, facts, section, type Section } from './section.ts';

/** Durability: every acknowledged entry against the table. */
export function auditSection({ audit }: RunRecord): Section {
  const heading = 'Durability audit';
  if (audit === null) return section('audit', heading, html`<p>The table was not audited.</p>`);
  const clean = audit.lost === 0 && audit.neverSent === 0;
  return section(
    'audit',
    heading,
    html`<p>
      ${badge(clean ? 'good' : 'bad', clean ? 'nothing lost' : 'not clean')} ${countText(audit.stored)} of
      ${countText(audit.acknowledged)} acknowledged entries are in the table.
    </p>`,
    facts([
      ['Lost', `${countText(audit.lost)}: acknowledged, not in the table`],
      [
        'Unknown',
        `${countText(audit.unknown)}: timed out or broken off, ${countText(audit.unknownStored)} of them stored; never counted as lost`,
      ],
      ['Never sent', `${countText(audit.neverSent)}: in the table, though no request had the id`],
      [
        'Refused, yet stored',
        `${countText(audit.refusedStored)}: refused, throttled or failed, and in the table`,
      ],
    ]),
  );
}
