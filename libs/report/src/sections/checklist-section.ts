import { checklist, type ChecklistContext, type RunRecord } from '@spillway/capacity';
import { html } from '../html.ts';
import { badge, section, type Section } from './section.ts';

/** The testing checklist, line by line, with the files each answer rests on. */
export function checklistSection(run: RunRecord, context: ChecklistContext): Section {
  const lines = checklist(run, context);
  const answered = lines.filter(({ state }) => state === 'answered').length;
  return section(
    'checklist',
    'Testing checklist',
    html`<p>${answered} of ${lines.length} lines are answered from evidence on disk.</p>`,
    html`<ul class="checklist">
      ${lines.map(
        ({ item, state, answer, files, next }) =>
          html`<li>
            <h3>${badge(state === 'answered' ? 'good' : 'open', state)} ${item}</h3>
            <p>${answer}</p>
            ${files.length > 0 && html`<p class="note">${files.map((file) => html`<code>${file}</code> `)}</p>`}
            ${next !== null && html`<p class="note">Next: ${next.startsWith('npx ') ? html`<code>${next}</code>` : next}</p>`}
          </li>`,
      )}
    </ul>`,
  );
}
