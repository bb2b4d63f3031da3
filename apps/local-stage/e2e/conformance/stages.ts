import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { conformanceTemplate } from '../__fixtures__/conformance-stage/template.ts';
import { startStageProcess, type StageProcess } from '../stage-process.ts';
import { closeSockets } from './exchange.ts';

/** The kinds of API that the facts tell apart. */
export type Kind = 'rest' | 'http';

/** The stage under other limits of its account; each is started once, when a row wants it. */
const OPTIONS = {
  /**
   * Concurrency enough to meet the scaling rate of one function, tables with the limits of DynamoDB; rate and burst
   * are AWS's defaults.
   */
  roomy: ['--account-concurrency=3000', '--max-environments=8', '--meter'],
  /** An account's bucket that a test can empty; concurrency is AWS's default. */
  narrow: ['--account-rate=20', '--account-burst=20'],
} as const;

export type StageName = keyof typeof OPTIONS;

/** A running stage as clients and the AWS SDK see it. */
export interface ConformanceStage {
  readonly templateFile: string;
  /** Files of the test and the functions. */
  readonly folder: string;
  readonly logFolder: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Settings of an SDK client. */
  readonly aws: {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /**
   * Address of a route.
   * @param stageName of the API; `prod`, and `$default` of the HTTP API, when left out
   */
  url(api: Kind | 'custom' | 'unavailable', path: string, stageName?: string): string;
}

interface Started {
  readonly stage: ConformanceStage;
  readonly process: StageProcess;
}

const ORIGINS = {
  rest: 'RestOrigin',
  http: 'HttpOrigin',
  custom: 'CustomOrigin',
  unavailable: 'UnavailableOrigin',
};

/** The stages that rows run against. */
export class Stages {
  readonly #started = new Map<StageName, Promise<Started>>();
  #folder: Promise<string> | null = null;

  /** Starts it unless it runs. */
  async get(name: StageName): Promise<ConformanceStage> {
    let started = this.#started.get(name);
    if (!started) this.#started.set(name, (started = this.#start(name)));
    return (await started).stage;
  }

  async stop(): Promise<void> {
    closeSockets();
    const ended = await Promise.allSettled(this.#started.values());
    await Promise.all(
      ended.map((start) => (start.status === 'fulfilled' ? start.value.process.stop() : null)),
    );
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #start(name: StageName): Promise<Started> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'spillway-conformance-'));
    const folder = join(await this.#folder, name);
    await mkdir(folder);
    const templateFile = join(folder, 'Conformance.template.json');
    await writeFile(templateFile, JSON.stringify(conformanceTemplate(folder)));
    const logFolder = join(folder, 'logs');
    const process = await startStageProcess(
      `--template=${templateFile}`,
      `--log-dir=${logFolder}`,
      ...OPTIONS[name],
    );
    const aws = {
      endpoint: process.awsEndpoint,
      region: process.region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const { Stacks } = await new CloudFormationClient(aws).send(new DescribeStacksCommand({}));
    const outputs = Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
    const url: ConformanceStage['url'] = (api, path, stageName = api === 'http' ? '' : 'prod') =>
      `${outputs[ORIGINS[api]]}${stageName === '' ? '' : `/${stageName}`}${path}`;
    return { process, stage: { templateFile, folder, logFolder, outputs, aws, url } };
  }
}
