import type { ChecklistContext, RunRecord } from '@spillway/capacity';
import { cell } from './markdown.ts';
import { stageText } from './stage-text.ts';
import { checklistTable, limitTable } from './summary-tables.ts';
import { verdictOf } from './verdict.ts';

/** A throttle file that takes over what a run verified. */
export interface LimitChange {
  /** Path from the workspace. */
  readonly file: string;
  /** As `diff -u` prints it. */
  readonly diff: string;
  /** Where the run's page is: a path, or a link for whoever reads this elsewhere. */
  readonly page: string;
}

/**
 * A change of a throttle file → Markdown for the pull request that proposes it: what changes, why each limit is what it
 * is, the checklist, and what to do once it is merged.
 * @param context the throttle file as the change leaves it
 */
export function renderChange(run: RunRecord, change: LimitChange, context: ChecklistContext): string {
  const { headline, sentence } = verdictOf(run);
  const blocks = [
    `# ${cell(headline)}`,
    `\`${change.file}\` from run \`${cell(run.runId)}\` of ${run.finishedAt.slice(0, 10)}, ${cell(stageText(run))}. ${cell(sentence)}`,
    limitTable(run),
    `\`\`\`diff\n${change.diff}\n\`\`\``,
    checklistTable(run, context),
    `Page: ${linked(change.page)}`,
    [
      '**Once it is merged:**',
      '',
      `1. \`npx nx deploy infra --stage=${run.stage}\` deploys it; where a workflow deploys, it does this.`,
      `2. \`npx nx run loadtest --stage=${run.stage}\` replays the limits that are deployed, and says verified or not.`,
      `3. \`npx nx run throttle check --stage=${run.stage} --deployed\` says whether anything else is in force.`,
    ].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function linked(page: string): string {
  return /^https:\/\/\S+$/.test(page) ? `<${page}>` : `\`${cell(page)}\``;
}
