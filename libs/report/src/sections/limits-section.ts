import type { RunRecord } from '@spillway/capacity';
import { html } from '../html.ts';
import { limitRows } from '../limit-rows.ts';
import { section, type Section } from './section.ts';

/** The proposed limits, each with its reason and what is deployed now. */
export function limitsSection(run: RunRecord): Section {
  const rows = limitRows(run);
  if (rows.length === 0) {
    return section(
      'limits',
      'Proposed limits',
      html`<p>None: this run doesn't support any. The stage keeps what it has.</p>`,
    );
  }
  return section(
    'limits',
    'Proposed limits',
    html`<ul class="limits">
      ${rows.map(
        ({ name, label, value, unit, deployed, reason }) =>
          html`<li>
            <h3>${label} <code>${name}</code></h3>
            <p class="value"><b>${value}</b> ${unit}</p>
            <p class="was">${value === deployed ? 'as deployed' : html`deployed: ${deployed}`}</p>
            <p class="reason">${reason}</p>
          </li>`,
      )}
    </ul>`,
  );
}
