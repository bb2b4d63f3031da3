import { patternNames } from '@spillway/simulation';
import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { describeSimulation } from '../simulate/describe-simulation.ts';
import { runSimulation, simulationJson } from '../simulate/run-simulation.ts';
import {
  numberWithin,
  SimulationOptionsError,
  spanOfTime,
  type SimulationOptions,
} from '../simulate/simulation-options.ts';
import { positiveNumber, stageOption, type CommandTerms } from '../surroundings.ts';
import { throttleFile } from '../workspace-files.ts';

/** Most of anything per second or at once: far above the 1,000,000 requests/s that are asked for. */
const MOST = 10_000_000;

type Options = SimulationOptions & { readonly stage: string; readonly json: boolean };

/** `throttle simulate [config]` */
export function addSimulateCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  const any = positiveNumber('requests/s', MOST);
  const whole = numberWithin(1, MOST, true);
  const ratio = numberWithin(0, 1);
  const milliseconds = numberWithin(0, 900_000);
  const command = program
    .command('simulate')
    .description('send a load through a model of gateway, Lambda and table under the limits of a file')
    .argument('[config]', 'a throttle file, or one with limits alone; without it the one of the stage')
    .addOption(stageOption().default('local'))
    .addOption(new Option('--pattern <name>', 'how requests arrive').choices(patternNames).default('poisson'))
    .option('--rate <requests/s>', 'daily: mean; others: on an ordinary day; without it the rate limit', any)
    .option('--duration <span>', 'such as 90s, 5m, 24h', spanOfTime, 60_000)
    .option(
      '--peak <factor>',
      'highest rate / that one: daily 1.8, flash-crowd 10, retry-storm 3',
      numberWithin(1, 1e6),
    )
    .option('--clients <number>', 'who send, each as likely', numberWithin(1, 1_000_000, true), 1)
    .option('--client-rate <requests/s>', 'usage plan of each client, with --client-burst', any)
    .option('--client-burst <requests>', 'usage plan of each client, with --client-rate', whole)
    .option(
      '--retries <number>',
      'a client tries 429, 500 and 503 again; retry-storm 3, others 0',
      numberWithin(0, 100, true),
    )
    .option(
      '--retry-base-ms <ms>',
      'full jitter up to this, doubled each time, at most 20 s',
      numberWithin(1, 20_000),
      100,
    )
    .option('--retry-budget <ratio>', 'retries a client may add for each new request', ratio)
    .option('--run <run>', 'service times, quotas and item size as a run measured them: id or folder')
    .option(
      '--duration-ms <ms>',
      'mean duration of an invocation, instead of a run',
      numberWithin(0.001, 900_000),
    )
    .addOption(
      new Option('--service <name>', 'its distribution')
        .choices(['constant', 'exponential', 'lognormal'])
        .default('exponential'),
    )
    .option('--cold-start-ms <ms>', 'what a cold start adds; without it 0', milliseconds)
    .option('--warm <number>', 'environments at the start', numberWithin(0, MOST, true), 0)
    .option(
      '--payload-bytes <bytes>',
      'body of a request; without it the measured item, else 1,024',
      numberWithin(1, MOST),
    )
    .option('--hot-key <ratio>', 'share of the writes that go to one key (F41)', ratio, 0)
    .option('--account-rate <requests/s>', 'quota of the account', any)
    .option('--account-burst <requests>', 'quota of the account', whole)
    .option('--account-concurrency <number>', 'quota of the account', numberWithin(1, 1_000_000, true))
    .option('--late-ms <ms>', "acknowledged later than this is late; without it the SLO's", milliseconds)
    .option('--seed <number>', 'repeats a simulation', numberWithin(0, 2 ** 31 - 1, true), 1)
    .option('--json', 'print all figures, second by second, as JSON', false);
  command.action((config: string | undefined, { stage, json, ...options }: Options) => {
    const places = files();
    const path = config === undefined ? throttleFile(places, stage) : resolve(places.root, config);
    try {
      const run = runSimulation(path, places, options);
      print(json ? simulationJson(run) : describeSimulation(run, paint));
      finish(0);
    } catch (error) {
      if (error instanceof SimulationOptionsError) command.error(`error: ${error.message}`);
      throw error;
    }
  });
}
