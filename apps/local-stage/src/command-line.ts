import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { defaultMaxEnvironments } from './lambda/host-limits.ts';
import { addTableOptions, tableTreatment, type TableOptions } from './dynamodb/table-treatment.ts';
import type { LocalStageOptions } from './local-stage.ts';
import {
  addWatchOptions,
  refusedWatchOption,
  watchOptions,
  type ParsedWatchOptions,
} from './watch/watch-options.ts';
import { duration, httpUrl, integerFrom, nameAndValue, regionName } from './option-values.ts';

interface ParsedOptions extends TableOptions, ParsedWatchOptions {
  readonly stage: string;
  readonly template?: string;
  readonly parameter: ReadonlyMap<string, string>;
  readonly import: ReadonlyMap<string, string>;
  readonly port: number;
  readonly controlPort: number;
  readonly engine: 'auto' | 'dynoxide' | 'dynalite';
  readonly dynamodbEndpoint?: string;
  readonly maxEnvironments: number;
  readonly spares: number;
  readonly accountConcurrency: number;
  readonly accountRate: number;
  readonly accountBurst: number;
  readonly region: string;
  readonly credentials?: string;
  readonly metricDelay: number;
  readonly logDir?: string;
}

/** Far above any account's; what its 10× rule remembers (F32) must fit into memory. */
const MAX_ACCOUNT_CONCURRENCY = 1_000_000;

const SYNTHESIZED = new URL('../../infra/cdk.out/', import.meta.url);

/**
 * The arguments → what to start. Bad input ends the process with one line and exit code 1.
 * @param argv as `process.argv`
 * @param workingDirectory that relative paths are meant from
 */
export function parseCommandLine(
  argv: readonly string[],
  workingDirectory: string,
): Omit<LocalStageOptions, 'report'> {
  const command = addWatchOptions(addTableOptions(new Command('local-stage')))
    .description('Plays a synthesized CloudFormation template on this machine: gateway, functions, table.')
    .option('--stage <name>', 'plays apps/infra/cdk.out/Spillway-<name>.template.json', 'local')
    .option('--template <file>', 'plays this template instead: JSON, or YAML with the ending .yaml or .yml')
    .option(
      '--parameter <name=value>',
      'value of a parameter of the template, repeatable',
      nameAndValue,
      new Map(),
    )
    .option(
      '--import <name=value>',
      'value that Fn::ImportValue gives when no template beside it exports the name, repeatable',
      nameAndValue,
      new Map(),
    )
    .option(
      '--port <number>',
      'port of the first API, the next APIs take the ports after it; 0 for any free ones',
      integerFrom(0, 65_535),
      0,
    )
    .option(
      '--control-port <number>',
      'port of the AWS endpoint, 0 for any free one',
      integerFrom(0, 65_535),
      0,
    )
    .addOption(
      new Option('--engine <name>', 'DynamoDB engine')
        .choices(['auto', 'dynoxide', 'dynalite'])
        .default('auto'),
    )
    .option('--dynamodb-endpoint <url>', 'a DynamoDB that runs already, instead of an engine', httpUrl)
    .option(
      '--max-environments <number>',
      "execution environments of a function on this machine; not one of Lambda's limits",
      integerFrom(1),
      defaultMaxEnvironments(availableParallelism()),
    )
    .option(
      '--account-concurrency <number>',
      'quota of concurrent executions',
      integerFrom(1, MAX_ACCOUNT_CONCURRENCY),
      1000,
    )
    .option(
      '--spares <number>',
      'environments of each function started ahead of requests; 0 shows every cold start',
      integerFrom(0),
      1,
    )
    .option('--account-rate <number>', "quota of the account's requests/s", integerFrom(1), 10_000)
    .option('--account-burst <number>', "size of the account's bucket, requests", integerFrom(1), 5000)
    .option(
      '--metric-delay <duration>',
      'how late the AWS endpoint publishes metrics, such as 90s; AWS itself is minutes late',
      duration,
      0,
    )
    .option('--region <name>', 'Region that the template is played in', regionName, 'us-east-1')
    .option(
      '--credentials <file>',
      'keys that requests may be signed with, like ~/.aws/credentials; local / local always may',
    )
    .option('--log-dir <folder>', 'keeps what the functions print, a file for each function')
    .allowExcessArguments(false)
    .configureOutput({
      outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}; see --help\n`),
    })
    .parse(argv);
  const options = command.opts<ParsedOptions>();
  if (!/^[A-Za-z][\w-]*$/.test(options.stage)) {
    command.error(`error: --stage ${options.stage}: want the name of a stage, such as local`);
  }
  const refused = refusedWatchOption(options, workingDirectory);
  if (refused !== null) command.error(`error: ${refused}`);
  return {
    templateFile:
      options.template === undefined
        ? fileURLToPath(new URL(`Spillway-${options.stage}.template.json`, SYNTHESIZED))
        : resolve(workingDirectory, options.template),
    given: { parameterValues: options.parameter, importedValues: options.import },
    region: options.region,
    port: options.port,
    controlPort: options.controlPort,
    engine:
      options.dynamodbEndpoint === undefined
        ? {
            kind: options.engine,
            ...(options.dataDir === undefined
              ? {}
              : { dataDirectory: resolve(workingDirectory, options.dataDir) }),
          }
        : { kind: 'external', endpoint: options.dynamodbEndpoint },
    tableTreatment: tableTreatment(options),
    maxEnvironments: options.maxEnvironments,
    spares: options.spares,
    quotas: {
      concurrency: options.accountConcurrency,
      rateLimit: options.accountRate,
      burstLimit: options.accountBurst,
    },
    metricDelayMs: options.metricDelay,
    watch: watchOptions(options, options.template === undefined, workingDirectory),
    ...(options.credentials === undefined
      ? {}
      : { credentialsFile: resolve(workingDirectory, options.credentials) }),
    ...(options.logDir === undefined ? {} : { logDirectory: resolve(workingDirectory, options.logDir) }),
  };
}
