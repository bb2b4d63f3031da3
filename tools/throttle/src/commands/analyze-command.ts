import { InvalidArgumentError, type Command } from 'commander';
import { analyze, IdleSloError, type Analysis } from '../analyze/analyze.ts';
import { describeAnalysis } from '../analyze/describe-analysis.ts';
import { positiveNumber, type CommandTerms } from '../surroundings.ts';

interface Options {
  readonly latencyMs?: number;
  readonly errorRatio?: number;
  readonly json: boolean;
}

/** `throttle analyze <run|file>` */
export function addAnalyzeCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  program
    .command('analyze')
    .description("say what follows from a run, or from another's Artillery report, and what doesn't")
    .argument('<run|file>', 'id or folder of a run, or the JSON report of Artillery 1 or 2')
    .option(
      '--latency-ms <ms>',
      "reports only: a later answer is bad; without it slo.json's",
      positiveNumber('milliseconds'),
    )
    .option(
      '--error-ratio <ratio>',
      "reports only: bad answers allowed, 0–1; without it slo.json's",
      shareBelow1,
    )
    .option('--json', 'print all figures as JSON', false)
    .addHelpText(
      'after',
      '\nExit code 1: the file is refused, or the answers of a run are not what its run.json says.',
    )
    .action((named: string, { json, ...slo }: Options, command: Command) => {
      let analysis: Analysis;
      try {
        analysis = analyze(files(), named, slo);
      } catch (error) {
        if (error instanceof IdleSloError) command.error(`error: ${error.message}`);
        throw error;
      }
      print(json ? JSON.stringify(analysis, null, 2) : describeAnalysis(analysis, paint));
      const isFine = analysis.kind === 'report' || (analysis.kind === 'run' && analysis.matches);
      finish(isFine ? 0 : 1);
    });
}

function shareBelow1(text: string): number {
  const value = positiveNumber('parts')(text);
  if (value < 1) return value;
  throw new InvalidArgumentError('want a ratio above 0 and below 1.');
}
