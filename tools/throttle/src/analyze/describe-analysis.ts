import {
  goodShare,
  grouped,
  rateText,
  type JudgedPlateau,
  type Refusal,
  type ReportAnalysis,
} from '@spillway/capacity';
import type { Paint } from '../diff-text.ts';
import { wrap } from '../wrap-text.ts';
import type { Analysis, RunAnalysis } from './analyze.ts';

/** Differences of one step that are named; a changed file may have all of them. */
const DIFFERENCES_NAMED = 3;

const FORMATS = { 'artillery-1': 'Artillery 1', 'artillery-2': 'Artillery 2' } as const;
const VERDICT_COLORS = { holds: 'green', fails: 'red', open: 'yellow' } as const;

/** What `analyze` prints. */
export function describeAnalysis(analysis: Analysis, paint: Paint): string {
  switch (analysis.kind) {
    case 'refused':
      return describeRefusal(analysis, paint);
    case 'report':
      return describeReport(analysis, paint);
    case 'run':
      return describeRun(analysis, paint);
  }
}

function describeRefusal({ file, found, wanted, next }: Refusal & { file: string }, paint: Paint): string {
  return [
    paint('red', `${file}: nothing follows from it`),
    ...wrap(`Found: ${found}`, '  '),
    ...wrap(`Wanted: ${wanted}`, '  '),
    ...wrap(`Next: ${next}`, '  '),
  ].join('\n');
}

function describeReport(analysis: ReportAnalysis & { file: string }, paint: Paint): string {
  const { file, format, requests, answers, windows, targets, conclusion, plateaus } = analysis;
  const slo = `${goodShare(targets.errorRatio)} of answers good within ${grouped(targets.latencyMs)} ms`;
  const made = `a report of ${FORMATS[format]}, not made by Spillway: ${grouped(requests)} requests, ${grouped(answers)} ended, ${grouped(windows)} windows`;
  const color = conclusion.atLeastPerSecond === null ? 'yellow' : 'green';
  const section = (title: string, sentences: readonly string[]) =>
    sentences.length === 0
      ? []
      : ['', paint('bold', title), ...sentences.flatMap((text) => wrap(text, '  '))];
  return [
    `${paint('bold', file)}: ${made}`,
    `Judged by: ${slo}`,
    '',
    ...wrap(conclusion.sentence, '').map((line) => paint(color, line)),
    ...section('Plateaus', plateaus.map(plateauText)).map((line) => paintVerdict(line, paint)),
    ...section('What stands out', analysis.noteworthy),
    ...section('What it can not tell', analysis.unknown),
    '',
    'Next: npx nx run loadtest finds the rate with an error bar on both sides.',
  ].join('\n');
}

function plateauText({ ratePerSecond, seconds, verdict, reason }: JudgedPlateau): string {
  return `${rateText(ratePerSecond).padEnd(9)}${`${Math.round(seconds)} s`.padEnd(7)}${verdict.padEnd(6)} ${reason}`;
}

function paintVerdict(line: string, paint: Paint): string {
  return line.replace(/(?<= s +)(holds|fails|open)(?= )/, (verdict) =>
    paint(VERDICT_COLORS[verdict as keyof typeof VERDICT_COLORS], verdict),
  );
}

function describeRun({ file, ...run }: RunAnalysis & { file: string }, paint: Paint): string {
  const differing = run.steps.filter(({ differences }) => differences.length > 0);
  const measured = `${run.steps.length} steps from ${grouped(run.answers)} answers on disk`;
  const outcome = run.matches
    ? [paint('green', `Measured again, ${measured}: every figure and verdict is that of run.json.`)]
    : [
        paint(
          'red',
          `Measured again, ${measured}: ${differing.length} of them ${differing.length === 1 ? 'differs' : 'differ'} from run.json:`,
        ),
        ...differing.flatMap(({ name, differences }) => wrap(`- ${name}: ${firstOf(differences)}`, '  ')),
        ...wrap(
          'Next: restore the files, or measure again. A run of an older Spillway may differ because the analysis changed.',
          '',
        ),
      ];
  return [
    `${paint('bold', file)}: ${run.status === 'interrupted' ? 'an' : 'a'} ${run.status} run of stage ${run.stage}, ${run.profile} profile`,
    '',
    ...wrap(run.sentence, ''),
    '',
    ...outcome,
  ].join('\n');
}

function firstOf(differences: readonly string[]): string {
  const more = differences.length - DIFFERENCES_NAMED;
  return `${differences.slice(0, DIFFERENCES_NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
