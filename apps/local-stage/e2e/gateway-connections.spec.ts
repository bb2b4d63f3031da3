import { setTimeout as sleep } from 'node:timers/promises';
import { RawClient, type RawAnswer } from './raw-client.ts';
import { ECHO_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';
import { sumMetrics, type MetricQuestion } from './read-metrics.ts';

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
  const invocationsOf = (FunctionName: string): MetricQuestion => {
    return { namespace: 'AWS/Lambda', metric: 'Invocations', dimensions: { FunctionName }, stat: 'Sum' };
  };
  const ofStage = { ApiName: 'echo', Stage: 'prod' };
  const [requests = 0, echo = 0, slow = 0] = await sumMetrics(stage, [
    { namespace: 'AWS/ApiGateway', metric: 'Count', dimensions: ofStage, stat: 'Sum' },
    invocationsOf('Echo-EchoFunction'),
    invocationsOf('Echo-SlowFunction'),
  ]);
  return { requests, invocations: echo + slow };
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
