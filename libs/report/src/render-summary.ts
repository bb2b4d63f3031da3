import type { RunRecord } from '@spillway/capacity';
import { bindingName } from './binding-name.ts';
import { countText, millisecondsText, plural, rateText } from './figures.ts';
import { bracketText, limitRows } from './limit-rows.ts';
import { whatWasNotMeasured, whatWasSetAside } from './reservations.ts';
import { verdictOf } from './verdict.ts';

/** Run → Markdown, about a screen: for a terminal, a pull request or a CI summary. */
export function renderSummary(run: RunRecord): string {
  const { headline, sentence, next } = verdictOf(run);
  const blocks = [
    `# ${cell(headline)}`,
    `${cell(sentence)}`,
    `Run \`${cell(run.runId)}\`, stage ${cell(run.stage)}, ${run.profile} profile.`,
    estimateLines(run),
    limitTable(run),
    replayTable(run),
    auditLine(run),
    stepTable(run),
    bullets('Set aside', whatWasSetAside(run)),
    bullets('Not measured', whatWasNotMeasured(run)),
    `**Next:** ${next.startsWith('npx ') ? `\`${cell(next)}\`` : cell(next)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function estimateLines(run: RunRecord): string {
  const bound =
    run.binding === null ? '' : `\n- bound by **${bindingName(run.binding)}**: ${cell(run.binding.because)}`;
  return `- sustained rate: **${bracketText(run)}**${bound}`;
}

function limitTable(run: RunRecord): string {
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

function replayTable({ replay }: RunRecord): string {
  if (replay === null || replay.checks.length === 0) return '';
  const rows = replay.checks.map(({ name, outcome, found, wanted }) =>
    [name, outcome, found, wanted].map(cell),
  );
  return `Replay of the ${replay.of} limits: **${replay.verified ? 'verified' : 'not verified'}**\n\n${table(['check', 'outcome', 'found', 'wanted'], rows)}`;
}

function auditLine({ audit }: RunRecord): string {
  if (audit === null) return '';
  return `Audit: ${countText(audit.acknowledged)} acknowledged, ${countText(audit.stored)} stored, **${countText(audit.lost)} lost**, ${countText(audit.unknown)} unknown, ${countText(audit.neverSent)} never sent.`;
}

function stepTable({ steps }: RunRecord): string {
  if (steps.length === 0) return 'No step was measured.';
  const rows = steps.map(({ record, measurement, judgement }) => [
    record.name,
    judgement.inconclusive === null ? judgement.verdict : `inconclusive: ${judgement.inconclusive}`,
    record.arrivals.kind === 'burst'
      ? `burst of ${countText(record.arrivals.requests)}`
      : rateText(measurement.offeredPerSecond),
    rateText(measurement.goodputPerSecond),
    millisecondsText(measurement.latencyMs?.p50 ?? null),
    millisecondsText(measurement.latencyMs?.p99 ?? null),
    countText(measurement.outcomes.throttled),
    countText(
      measurement.outcomes.failed + measurement.outcomes.timeout + measurement.outcomes.connectionError,
    ),
  ]);
  const heads = ['step', 'verdict', 'offered/s', 'goodput/s', 'p50 ms', 'p99 ms', '429', 'failed'];
  return `<details><summary>${plural(steps.length, 'step')}</summary>\n\n${table(heads, rows)}\n\n</details>`;
}

function bullets(heading: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `**${heading}**\n\n${sentences.map((sentence) => `- ${cell(sentence)}`).join('\n')}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that can't end a table cell, start markup or open a tag. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\|`*_[\]]/g, (mark) => `\\${mark}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
