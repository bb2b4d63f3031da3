import { renderChange } from '@spillway/report';
import { join, relative } from 'node:path';
import { diffText } from './diff-text.ts';
import type { UpdateOutcome } from './update.ts';

/**
 * What became of an update, as Markdown: the text of the pull request that carries it, or why there is none.
 * @param root what files are named from
 * @param page link to the run's page; without it the page's file
 */
export function updateMarkdown(outcome: UpdateOutcome, root: string, page: string | undefined): string {
  const file = relative(root, outcome.file);
  const { stage, runId } = outcome;
  switch (outcome.kind) {
    case 'refused':
      return `# No change of \`${file}\`\n\nRun \`${runId}\` of stage ${stage} doesn't support one:\n\n${outcome.reasons.map((reason) => `- ${reason}`).join('\n')}\n`;
    case 'unchanged':
      return `# No change of \`${file}\`\n\nStage ${stage}: ${outcome.because}.\n`;
    case 'written':
    case 'dry-run': {
      const { run, directory, config, deployedFingerprint } = outcome.basis;
      const diff = diffText(file, outcome.before, outcome.after, (_style, text) => text);
      const place = page ?? relative(root, join(directory, 'report.html'));
      const context = { throttleFile: { path: file, config }, deployedFingerprint };
      return renderChange(run, { file, diff, page: place }, context);
    }
  }
}
