import { checklist, type ChecklistContext, type RunRecord } from '@spillway/capacity';
import { limitRows } from './limit-rows.ts';
import { cell, table } from './markdown.ts';

/** The proposed limits beside the deployed ones, each with its reason. */
export function limitTable(run: RunRecord): string {
  const rows = limitRows(run).map(({ name, value, unit, deployed, reason }) => [
    `\`${name}\``,
    `**${value}** ${unit}`,
    deployed,
    cell(reason),
  ]);
  return rows.length === 0
    ? 'No limits are proposed.'
    : table(['limit', 'proposed', 'deployed', 'why'], rows);
}

/** The testing checklist, a row a line. */
export function checklistTable(run: RunRecord, context: ChecklistContext): string {
  const rows = checklist(run, context).map(({ item, state, answer, files }) => [
    cell(item),
    state,
    cell(answer),
    files.map((file) => `\`${cell(file)}\``).join(' '),
  ]);
  return table(['checklist', 'state', 'answer', 'evidence'], rows);
}
