import { Command } from 'commander';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { environment } from '../environment.ts';
import { diffTemplates } from './diff-templates.ts';
import type { Template } from './diff-templates.ts';
import { printTemplateDiff } from './print-template-diff.ts';
import type { StageDiff } from './print-template-diff.ts';
import { readTemplates } from './read-templates.ts';
import { resolveCommit, synthesizeCommit } from './synthesize-commit.ts';
import { TemplateDiffError } from './template-diff-error.ts';

/** What a pull request would change of every stage, as Markdown. Whatever it finds, it ends with 0: a reader decides. */
const program = new Command('template-diff')
  .description('Compares the templates of all stages with those of another commit.')
  .option('--base <revision>', 'commit to compare with', 'main')
  .option('--append-to <file>', 'also appends the Markdown to this file, such as a job summary')
  .parse();
const options = program.opts<{ base: string; appendTo?: string }>();
const root = resolve(environment.projectRoot, '../..');

try {
  const markdown = await compare(options.base);
  console.log(markdown.trimEnd());
  if (options.appendTo !== undefined) appendFileSync(options.appendTo, markdown);
} catch (error) {
  if (!(error instanceof TemplateDiffError)) throw error;
  console.error(`template-diff: ${error.message}`);
  process.exitCode = 1;
}

async function compare(revision: string): Promise<string> {
  const head = readTemplates(environment.outdir);
  const commit = await resolveCommit(revision, root);
  try {
    return printTemplateDiff(commit.slice(0, 7), stageDiffs(await synthesizeCommit(commit, root), head));
  } catch (error) {
    // A base that is broken, or older than what it needs here, is nothing that the pull request could mend.
    if (!(error instanceof TemplateDiffError && error.code === 'BASE_NOT_SYNTHESIZED')) throw error;
    return `## Templates against \`${commit.slice(0, 7)}\`\n\nNot compared: ${error.message}.\n`;
  }
}

function stageDiffs(
  base: ReadonlyMap<string, Template>,
  head: ReadonlyMap<string, Template>,
): readonly StageDiff[] {
  return [...new Set([...head.keys(), ...base.keys()])].map((stage) => {
    const [before, after] = [base.get(stage), head.get(stage)];
    return {
      stage,
      kind: before === undefined ? 'new' : after === undefined ? 'gone' : 'both',
      changes: diffTemplates(before ?? {}, after ?? {}),
    };
  });
}
