import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { setTimeout as sleep } from 'node:timers/promises';
import { sumMetrics } from './read-metrics.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

export const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' };

/** How long the line with a key may take to come through the pipe. */
const KEY_LIMIT_MS = 3_000;

/** How a request is let in. */
export interface Admission {
  /** Null: unsigned. */
  readonly signer: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  readonly apiKey?: string | undefined;
}

/** Spillway's own stack, played in a process of its own. */
export interface IngestStage extends StageProcess {
  readonly tableName: string;
  readonly functionName: string;
  /** Settings of an SDK client. */
  readonly settings: object;
  post(path: '/' | '/batch', body: string | Uint8Array, admission: Admission): Promise<Response>;
  /** Value of a client's API key, which the stage makes. */
  keyOf(client: string): Promise<string>;
  /** Null where there is none. */
  itemOf(id: string): Promise<Readonly<Record<string, unknown>> | null>;
  items(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** How often the function has run so far, or was refused. */
  countOf(metric: 'Invocations' | 'Throttles'): Promise<number>;
}

export async function startIngestStage(template: string, ...args: readonly string[]): Promise<IngestStage> {
  const stage = await startStageProcess(`--template=${template}`, ...args);
  const settings = { endpoint: stage.awsEndpoint, region: stage.region, credentials: LOCAL };
  const { Stacks } = await new CloudFormationClient(settings).send(new DescribeStacksCommand({}));
  const output = (key: string): string =>
    Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
  const [tableName, functionName] = [output('TableName'), output('FunctionName')];
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const baseUrl = stage.baseUrl.replace(/\/$/, '');
  return {
    ...{ ...stage, tableName, functionName, settings },
    post: async (path, body, admission) => {
      const url = new URL(path === '/' ? baseUrl : `${baseUrl}${path}`);
      const headers = await headersOf(url, stage.region, body, admission);
      return fetch(url, { method: 'POST', body, headers });
    },
    keyOf: async (client) => {
      const line = new RegExp(`^api key ${stage.stackName}-${client}: (\\S+)$`, 'm');
      const giveUpAtMs = performance.now() + KEY_LIMIT_MS;
      for (;;) {
        const key = line.exec(stage.output())?.[1];
        if (key !== undefined) return key;
        if (performance.now() > giveUpAtMs)
          throw new Error(`found no line ${line.source} in what the stage printed: ${stage.output()}`);
        await sleep(10);
      }
    },
    itemOf: async (id) =>
      (await table.send(new GetCommand({ TableName: tableName, Key: { id }, ConsistentRead: true }))).Item ??
      null,
    items: async () => {
      const found: Readonly<Record<string, unknown>>[] = [];
      for await (const { Items = [] } of paginateScan({ client: table }, { TableName: tableName }))
        found.push(...Items);
      return found;
    },
    countOf: async (metric) => {
      const dimensions = { FunctionName: functionName };
      const asked = { namespace: 'AWS/Lambda', metric, dimensions, stat: 'Sum' } as const;
      return (await sumMetrics(stage, [asked]))[0] ?? 0;
    },
  };
}

/** An item as its client sent it: without what the service adds. */
export function asSent({ contentHash, ...fields }: Readonly<Record<string, unknown>>) {
  if (typeof contentHash !== 'string') throw new Error('found an item without contentHash');
  return fields;
}

/** Signed by the AWS SDK's own signer, where it is signed at all. */
async function headersOf(
  url: URL,
  region: string,
  body: string | Uint8Array,
  { signer, apiKey }: Admission,
): Promise<Record<string, string>> {
  const plain = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
  };
  if (!signer) return plain;
  const signature = new SignatureV4({ service: 'execute-api', region, credentials: signer, sha256: Sha256 });
  const request = new HttpRequest({
    ...{ protocol: url.protocol, method: 'POST', hostname: url.hostname, path: url.pathname },
    headers: { ...plain, host: url.host },
    body,
  });
  const { headers } = await signature.sign(request);
  // Whoever sends it writes that one itself.
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'));
}
