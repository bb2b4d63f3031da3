import type { Command } from 'commander';
import { relative, resolve } from 'node:path';
import { describeExplanation } from '../describe-explanation.ts';
import { explain, type ExplainOptions } from '../explain.ts';
import { positiveNumber, stageOption, type CommandTerms } from '../surroundings.ts';
import { throttleFile } from '../workspace-files.ts';

/** Longest that an invocation may take (F37), and more than any body may have (F14). */
const MOST = { durationMs: 900_000, payloadBytes: 100_000_000 };

interface Options extends ExplainOptions {
  readonly stage: string;
  readonly json: boolean;
}

/** `throttle explain [config]` */
export function addExplainCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  program
    .command('explain')
    .description('say what limits will do, what they cost, and which of them contradict each other')
    .argument('[config]', 'a throttle file, or one with limits alone; without it the one of the stage')
    .addOption(stageOption().default('local'))
    .option(
      '--duration-ms <ms>',
      'mean duration of an invocation; without it the measured one',
      positiveNumber('milliseconds', MOST.durationMs),
    )
    .option(
      '--payload-bytes <bytes>',
      'body of a typical request; without it the measured item, else 1024',
      positiveNumber('bytes', MOST.payloadBytes),
    )
    .option('--json', 'print all figures as JSON', false)
    .addHelpText('after', '\nContradictions are a finding, not a failure: the exit code is 0 with them too.')
    .action((config: string | undefined, { stage, json, ...options }: Options) => {
      const places = files();
      const path = config === undefined ? throttleFile(places, stage) : resolve(places.root, config);
      const explanation = explain(path, options);
      const file = relative(places.root, path);
      print(
        json
          ? JSON.stringify({ file, ...explanation }, null, 2)
          : describeExplanation(file, explanation, paint),
      );
      finish(0);
    });
}
