import { InvalidArgumentError, Option, type Command } from 'commander';
import { integerFrom } from '../option-values.ts';
import { parseTableFault, type TableFault } from './faults/table-faults.ts';
import { parseTableLatency, type TableLatency } from './faults/table-latency.ts';

/** How the functions' calls to the tables are treated on their way to the engine. */
export interface TableTreatment {
  /** Whether capacity is enforced and counted. */
  readonly isMetered: boolean;
  readonly latency: TableLatency | null;
  readonly faults: readonly TableFault[];
  /** Of the random draws. */
  readonly seed: number;
}

/** The tables' options as commander gives them. */
export interface TableOptions {
  readonly meter?: true;
  readonly tableLatency?: TableLatency;
  readonly tableFault?: readonly TableFault[];
  readonly seed: number;
  readonly dataDir?: string;
}

/** Adds the tables' options to a command. */
export function addTableOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--data-dir <folder>',
        'keeps the entries of all tables, across stages and kill -9',
      ).conflicts('dynamodbEndpoint'),
    )
    .option('--meter', "enforces the tables' capacity and records AWS/DynamoDB's metrics")
    .addOption(
      new Option(
        '--table-latency <distribution>',
        'added to every call of a function to DynamoDB: 5ms, uniform:min=1ms,max=9ms, lognormal:p50=4ms,p99=30ms',
      ).argParser((text) => accepted(parseTableLatency(text))),
    )
    .addOption(
      new Option(
        '--table-fault <fault>',
        'throttle, error, reset, lost or blackhole, such as throttle:rate=0.1,from=10s,for=30s; may be repeated',
      ).argParser((text, faults: readonly TableFault[] = []) => [...faults, accepted(parseTableFault(text))]),
    )
    .option('--seed <number>', 'of the random draws of latency and faults', integerFrom(0), 1);
}

/** The parsed options → the treatment. */
export function tableTreatment({ meter, tableLatency, tableFault, seed }: TableOptions): TableTreatment {
  return {
    isMetered: meter === true,
    latency: tableLatency ?? null,
    faults: tableFault ?? [],
    seed,
  };
}

function accepted<T extends object>(parsed: T | { readonly issue: string }): T {
  if ('issue' in parsed) throw new InvalidArgumentError(parsed.issue);
  return parsed;
}
