import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { RawClient, type RawAnswer } from './raw-client.ts';
import { ECHO_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';

let stage: StageProcess;
const HOST = 'Host: local';

beforeAll(async () => {
  stage = await startStageProcess(`--template=${ECHO_TEMPLATE}`, '--engine=dynalite');
});

afterAll(() => stage.stop());

const statusOf = (answer: RawAnswer | 'closed'): number | 'closed' =>
  answer === 'closed' ? 'closed' : answer.statusCode;

/** Requests that the gateway counted, and invocations that Lambda did, since the stage started. */
async function counts(): Promise<{ requests: number; invocations: number }> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: stage.awsEndpoint, region: stage.region, credentials });
  const queries = [
    { Namespace: 'AWS/ApiGateway', MetricName: 'Count', Dimensions: { ApiName: 'echo', Stage: 'prod' } },
    ...['Echo-EchoFunction', 'Echo-SlowFunction'].map((FunctionName) => {
      return { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: { FunctionName } };
    }),
  ];
  const { MetricDataResults } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: queries.map(({ Dimensions, ...metric }, index) => ({
        Id: `q${index}`,
        MetricStat: {
          Metric: {
            ...metric,
            Dimensions: Object.entries(Dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: 60,
          Stat: 'Sum',
        },
      })),
    }),
  );
  const sums = (MetricDataResults ?? []).map(({ Values }) =>
    (Values ?? []).reduce((sum, value) => sum + value, 0),
  );
  return { requests: sums[0] ?? 0, invocations: (sums[1] ?? 0) + (sums[2] ?? 0) };
}

describe('the stage behind a connection', () => {
  it('throttles a client that then sends its body, and serves its next request on the same connection', async () => {
    const client = await RawClient.connect(stage.baseUrl);
    const statuses = [];
    for (let sent = 0; sent < 3; sent += 1) {
      client.send('GET /prod/strict HTTP/1.1', HOST, 'Content-Length: 27', '', '');
      // The first two are admitted and wait for their body; the third is refused before it comes.
      if (sent === 2) statuses.push(statusOf(await client.read()));
      client.send('GET /prod/nowhere HTTP/1.1\n');
      if (sent < 2) statuses.push(statusOf(await client.read()));
    }
    client.send('POST /prod/multi HTTP/1.1', HOST, 'Content-Length: 2', '', 'ok');
    statuses.push(statusOf(await client.read()));
    expect(statuses).toEqual([200, 200, 429, 201]);
    client.abort();
  });

  it('neither invokes nor counts what clients leave unfinished', async () => {
    const before = await counts();
    for (let sent = 0; sent < 20; sent += 1) {
      const client = await RawClient.connect(stage.baseUrl);
      client.send('POST /prod/echo HTTP/1.1', HOST, 'Content-Length: 1000', '', 'half');
      await sleep(5);
      client.abort();
    }
    const last = await RawClient.connect(stage.baseUrl);
    last.send('POST /prod/multi HTTP/1.1', HOST, 'Connection: close', 'Content-Length: 2', '', 'ok');
    expect(statusOf(await last.read())).toBe(201);
    const after = await counts();
    expect([after.requests - before.requests, after.invocations - before.invocations]).toEqual([1, 1]);
  });

  it('finishes and counts the invocation of a client that left, and frees its execution environment', async () => {
    const before = await counts();
    const clients = await Promise.all([RawClient.connect(stage.baseUrl), RawClient.connect(stage.baseUrl)]);
    for (const client of clients) client.send('GET /prod/slow HTTP/1.1', HOST, '', '');
    for (const client of clients) client.leave();
    let after = await counts();
    for (; after.requests - before.requests < 2; after = await counts()) await sleep(20);
    expect([after.requests - before.requests, after.invocations - before.invocations]).toEqual([2, 2]);
    // Reserved concurrency is 2: were one still held, one of these would be refused.
    const answers = await Promise.all([fetch(`${stage.baseUrl}/slow`), fetch(`${stage.baseUrl}/slow`)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
