import { InvalidArgumentError, Option } from 'commander';
import { benchCommand, namesIn } from './bench-command.ts';
import { choosePeers, LIMIT, NAMES, PEERS, SPILLWAY } from './contestants/roster.ts';
import { defaultEnvironments } from './default-environments.ts';
import { integerFrom } from './integer-option.ts';
import type { Field } from './run-bench.ts';

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly environments: number;
  readonly isMarkdown: boolean;
  readonly field: Field;
}

/** The arguments → who is measured, and for how long. Bad input ends the process with exit code 2. */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const command = benchCommand(
    'bench',
    'Compares the local stage with other programs that play a Lambda behind a gateway, in turn.',
  )
    .option('--rounds <number>', 'rounds', integerFrom(1), 3)
    .option('--seconds <number>', 'of each load', integerFrom(1), 10)
    .addOption(new Option('--quick', 'a look: one round of 3 s').implies({ rounds: 1, seconds: 3 }))
    .option(
      '--environments <number>',
      'most execution environments of every contestant',
      integerFrom(1),
      defaultEnvironments(),
    )
    .option('--only <names>', `some of ${NAMES.join(', ')}; serverless-offline means both`, readField, {
      peers: PEERS,
      hasLimit: true,
      hasSpillway: true,
    });
  command.parse(argv);
  const options = command.opts<{
    rounds: number;
    seconds: number;
    environments: number;
    only: Field;
    markdown: boolean;
  }>();
  const { rounds, seconds, environments } = options;
  return { rounds, seconds, environments, isMarkdown: options.markdown, field: options.only };
}

function readField(text: string): Field {
  const names = namesIn(text);
  const peers = choosePeers(names);
  if (peers === null) throw new InvalidArgumentError(`Want some of ${NAMES.join(', ')}.`);
  return { peers, hasLimit: names.includes(LIMIT), hasSpillway: names.includes(SPILLWAY) };
}
