import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { maximumOf, samplesOf, sumOf } from './metrics.ts';
import { at, both, statuses, type Row } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';
import { ITEM_LIMIT_BYTES, LARGEST_ITEM_UNITS, metered } from './tables.ts';

/** Two good requests, one that the function answers 418, and one that it fails. */
async function requestsOf(stage: ConformanceStage, kind: Kind): Promise<void> {
  const paths = ['/strict', '/strict', '/teapot', '/throw'];
  await statuses(paths.map((path) => ({ url: stage.url(kind, path, 'measured') })));
}

/** F60, F61: the four requests in the metrics of an API's stage, and the good ones in those of their method. */
async function apiMetrics(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await requestsOf(stage, kind);
  const isRest = kind === 'rest';
  const ofStage: Readonly<Record<string, string>> = isRest
    ? { ApiName: 'Rest', Stage: 'measured' }
    : { ApiId: stage.outputs['HttpApiId'] ?? '', Stage: 'measured' };
  const ofMethod = isRest
    ? { ...ofStage, Resource: '/strict', Method: 'GET' }
    : { ...ofStage, Route: 'GET /strict' };
  const sum = (metric: string) => sumOf(stage, 'AWS/ApiGateway', metric, ofStage);
  const samples = (metric: string) => samplesOf(stage, 'AWS/ApiGateway', metric, ofStage);
  return {
    count: await sum('Count'),
    clientErrors: await sum(isRest ? '4XXError' : '4xx'),
    serverErrors: await sum(isRest ? '5XXError' : '5xx'),
    latencies: [await samples('Latency'), await samples('IntegrationLatency')],
    hasDataProcessed: (await samples('DataProcessed')) > 0,
    countOfMethod: await sumOf(stage, 'AWS/ApiGateway', 'Count', ofMethod),
  };
}

/** F62: three invocations of which one failed. */
async function functionMetrics(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const url = stage.url(kind, '/counted');
  await statuses([{ url }, { url: `${url}?how=throw` }, { url }]);
  const dimensions = { FunctionName: `Conformance-${kind === 'rest' ? 'Rest' : 'Http'}Counted` };
  return {
    invocations: await sumOf(stage, 'AWS/Lambda', 'Invocations', dimensions),
    errors: await sumOf(stage, 'AWS/Lambda', 'Errors', dimensions),
    throttles: (await sumOf(stage, 'AWS/Lambda', 'Throttles', dimensions)) ?? 0,
    durations: await samplesOf(stage, 'AWS/Lambda', 'Duration', dimensions),
    concurrencies: await samplesOf(stage, 'AWS/Lambda', 'ConcurrentExecutions', dimensions),
  };
}

const ACCOUNT = {};

/** F62: what the metrics of the whole account have more after one invocation and one that Lambda throttles. */
async function accountMetrics(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const throttles = async () => (await sumOf(stage, 'AWS/Lambda', 'Throttles', ACCOUNT)) ?? 0;
  const invocations = () => samplesOf(stage, 'AWS/Lambda', 'ConcurrentExecutions', ACCOUNT);
  const before = { throttles: await throttles(), invocations: await invocations() };
  await statuses([{ url: stage.url(kind, '/counted') }, { url: stage.url(kind, '/stopped') }]);
  const { AccountLimit } = await new LambdaClient(stage.aws).send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = 0 } =
    AccountLimit ?? {};
  const claimed = (await maximumOf(stage, 'AWS/Lambda', 'ClaimedAccountConcurrency', ACCOUNT)) ?? 0;
  return {
    throttles: (await throttles()) - before.throttles,
    invocations: (await invocations()) - before.invocations,
    // What is reserved, and at least the one invocation beside it.
    hasClaimed: claimed >= limit - unreserved + 1,
  };
}

const COUNTED = { count: 4, clientErrors: 1, serverErrors: 1, latencies: [4, 4], countOfMethod: 2 };

/** What CloudWatch shows. */
export const publishedMetricRows: readonly Row[] = [
  {
    fact: 'F60',
    says: 'metrics by ApiName and Stage, detailed ones by Resource and Method',
    rest: at('roomy', (stage) => apiMetrics(stage, 'rest'), { ...COUNTED, hasDataProcessed: false }),
  },
  {
    fact: 'F61',
    says: 'metrics by ApiId and Stage, detailed ones by Route',
    http: at('roomy', (stage) => apiMetrics(stage, 'http'), { ...COUNTED, hasDataProcessed: true }),
  },
  {
    fact: 'F62',
    says: 'metrics by FunctionName',
    ...both(functionMetrics, { invocations: 3, errors: 1, throttles: 0, durations: 3, concurrencies: 3 }),
  },
  {
    fact: 'F62',
    says: 'metrics of the whole account, without dimensions',
    ...both(accountMetrics, { throttles: 1, invocations: 1, hasClaimed: true }),
  },
  {
    fact: 'F63',
    says: 'metrics by TableName, of requests by Operation too',
    stage: metered(
      async (put, stage) => {
        for (const key of ['a', 'b', 'c', 'refused']) await put('measured', key, ITEM_LIMIT_BYTES);
        const TableName = 'measured';
        const ofPuts = { TableName, Operation: 'PutItem' };
        return {
          units: await sumOf(stage, 'AWS/DynamoDB', 'ConsumedWriteCapacityUnits', { TableName }),
          throttles: await sumOf(stage, 'AWS/DynamoDB', 'WriteThrottleEvents', { TableName }),
          throttledRequests: await sumOf(stage, 'AWS/DynamoDB', 'ThrottledRequests', ofPuts),
          latencies: await samplesOf(stage, 'AWS/DynamoDB', 'SuccessfulRequestLatency', ofPuts),
        };
      },
      { units: 3 * LARGEST_ITEM_UNITS, throttles: 1, throttledRequests: 1, latencies: 3 },
    ),
  },
];
