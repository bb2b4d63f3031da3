import { compareRuns, comparisonMarkdown, comparisonText, type Comparison } from '@spillway/capacity';
import { listRuns, RunNotFoundError, RunUnreadableError } from '@spillway/run-files';
import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import type { CommandTerms } from './command-terms.ts';
import { readEvidence } from './run-evidence.ts';

/** Exit codes: 0 equal or faster, 1 slower beyond noise in anything, 2 nothing to compare, as with any other usage error. */
const SLOWER = 1;
const REFUSED = 2;

interface CompareOptions {
  readonly results: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/** `compare A B`: whether B is faster or slower than A beyond noise. */
export function addCompareCommand(program: Command, terms: CommandTerms): void {
  program
    .command('compare')
    .description(
      'Says whether B is faster or slower than A beyond noise: latency, function duration, sustained rate, goodput.\n' +
        'Exit codes: 0 equal or faster, 1 slower or mixed (slower in one thing, faster in another), 2 usage, or runs that can not be compared.',
    )
    .argument('<A>', 'run to compare with: id or folder, several of the same system separated by commas')
    .argument('<B>', 'run to judge, or several')
    .option('--results <directory>', 'where runs are kept', 'results')
    .addOption(new Option('--markdown', 'for the comment on a pull request').conflicts('json'))
    .option('--json', 'for machines')
    .action((a: string, b: string, options: CompareOptions) => {
      const place = { root: terms.workspace, results: resolve(terms.workspace, options.results) };
      try {
        const comparison = comparisonOf(place, { a, b });
        terms.print(printed(comparison, options));
        terms.finish(exitCodeOf(comparison));
      } catch (error) {
        if (!(error instanceof RunNotFoundError || error instanceof RunUnreadableError)) throw error;
        terms.complain(error.message);
        terms.finish(REFUSED);
      }
    });
}

function comparisonOf(place: { root: string; results: string }, named: { a: string; b: string }): Comparison {
  const { a, b, unread } = readEvidence(place, named);
  const candidates = listRuns(place.results).flatMap(({ run }) => (typeof run === 'string' ? [] : [run]));
  const comparison = compareRuns({ a, b, candidates, seed: 1 });
  return comparison.kind === 'refused'
    ? comparison
    : { ...comparison, notes: [...comparison.notes, ...unread] };
}

function printed(comparison: Comparison, { markdown, json }: CompareOptions): string {
  if (json) return JSON.stringify(comparison, null, 2);
  return markdown ? comparisonMarkdown(comparison) : comparisonText(comparison);
}

function exitCodeOf(comparison: Comparison): number {
  if (comparison.kind === 'refused') return REFUSED;
  return comparison.verdict === 'slower' || comparison.verdict === 'mixed' ? SLOWER : 0;
}
