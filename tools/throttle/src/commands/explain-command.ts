import type { Command } from 'commander';
import { relative, resolve } from 'node:path';
import { describeExplanation } from '../describe-outcome.ts';
import { explain } from '../explain.ts';
import { positiveNumber, stageOption, type CommandTerms } from '../surroundings.ts';
import { throttleFile } from '../workspace-files.ts';

/** `throttle explain [file]` */
export function addExplainCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  program
    .command('explain')
    .description('say what the limits of a file will do')
    .argument('[file]', 'a throttle file; without it the one of the stage')
    .addOption(stageOption().default('local'))
    .option('--duration-ms <ms>', 'mean duration of an invocation', positiveNumber('milliseconds'))
    .action((file: string | undefined, { stage, durationMs }: { stage: string; durationMs?: number }) => {
      const places = files();
      const path = file === undefined ? throttleFile(places, stage) : resolve(places.root, file);
      print(describeExplanation(relative(places.root, path), explain(path, durationMs), paint));
      finish(0);
    });
}
