import type { ChecklistContext, RunRecord } from '@spillway/capacity';
import { NOT_LOOKED_AT } from './checklist-context.ts';
import { countText, dollarText, millisecondsText, percentText, plural, rateText } from './figures.ts';
import { bullets, cell, table } from './markdown.ts';
import { monthlyCosts } from './monthly-cost.ts';
import { whatWasNotMeasured, whatWasSetAside } from './reservations.ts';
import { stageText } from './stage-text.ts';
import { summarySentences } from './summary-sentences.ts';
import { checklistTable, limitTable } from './summary-tables.ts';
import { verdictOf } from './verdict.ts';

/**
 * Run → Markdown, about a screen: for a terminal, a pull request or a CI summary.
 * @param context what the checklist needs besides the run
 */
export function renderSummary(run: RunRecord, context: ChecklistContext = NOT_LOOKED_AT): string {
  const { headline, sentence, next } = verdictOf(run);
  const blocks = [
    `# ${cell(headline)}`,
    `${cell(sentence)}`,
    `Run \`${cell(run.runId)}\`, ${cell(stageText(run))}, ${run.profile} profile.`,
    bullets('Measured', summarySentences(run)),
    limitTable(run),
    replayTable(run),
    auditLine(run),
    costTable(run),
    checklistTable(run, context),
    stepTable(run),
    bullets('Set aside', whatWasSetAside(run)),
    bullets('Not measured', whatWasNotMeasured(run)),
    `**Next:** ${next.startsWith('npx ') ? `\`${cell(next)}\`` : cell(next)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
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

function costTable(run: RunRecord): string {
  const months = monthlyCosts(run)?.months ?? [];
  if (months.length === 0) return '';
  const rows = months.map(({ share, ratePerSecond, rest, http }) => [
    `${percentText(share)}: ${rateText(ratePerSecond)} requests/s`,
    ...[rest, http].map(
      ({ usdPerMonth, usdPerMillion }) => `${dollarText(usdPerMonth)} (${dollarText(usdPerMillion)})`,
    ),
  ]);
  return table(['of the rate limit', 'REST, USD a month (a million)', 'HTTP, USD a month (a million)'], rows);
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
