import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { restBatchEvent, restEvent } from '../src/__fixtures__/gateway-events.ts';
import { engines, findFreePort, type Engine } from './engines.ts';
import { createEntriesTable } from './entries-table.ts';

const dist = path.join(__dirname, '../dist');
const sample = restEvent('{"year":"2023","title":"kkkg","id":"12"}');

const sampleBatch = restBatchEvent(
  '{"entries":[{"year":1,"title":"t","id":"1"},{"year":1,"title":"t","id":"2"},{"year":2,"title":"t","id":"2"}]}',
);

/**
 * Requires the bundle as Lambda's loader does and invokes it with each event in turn, in a process of its own:
 * in Jest's, Node's own errors are not instances of `Error`.
 */
const invokeAll = `
  const { handler } = require(process.argv[1]);
  (async () => {
    const answers = [];
    const context = { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => 29_000 };
    for (const event of JSON.parse(process.argv[2])) answers.push(await handler(event, context));
    console.log(JSON.stringify({ answers }));
  })();
`;

async function invokeBundle(events: readonly unknown[], environment: Record<string, string>) {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['-e', invokeAll, path.join(dist, 'index.cjs'), JSON.stringify(events)],
    { env: { AWS_REGION: 'us-east-1', ...credentials, ...environment } },
  ).catch((failure: { stdout: string; stderr: string }) => failure);
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    answers: lines.find(({ answers }) => answers)?.answers,
    lines: lines.filter(({ answers }) => !answers),
    stderr,
  };
}

describe('the bundle', () => {
  let engine: Engine;
  let environment: Record<string, string>;
  const start = engines[0]?.[1];

  beforeAll(async () => {
    if (!start) throw new Error('no engine');
    engine = await start();
    await createEntriesTable(engine.endpoint);
    environment = { TABLE_NAME: 'entries', AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint };
  });
  afterAll(() => engine.stop());

  it('is one file that Lambda finds as index.handler', () => {
    // Lambda's loader tries index, index.js, index.mjs, index.cjs, in this order.
    expect(readdirSync(dist)).toEqual(['index.cjs']);
  });

  it('stores an entry, and writes one line for each request: its metrics', async () => {
    const { answers, lines, stderr } = await invokeBundle([sample, restEvent('')], environment);
    expect(answers).toMatchObject([
      { statusCode: 200, body: '{"message":"Successfully inserted data!"}' },
      { statusCode: 400 },
    ]);
    expect(stderr).toBe('');
    expect(lines).toMatchObject([
      {
        _aws: { CloudWatchMetrics: [{ Namespace: 'Spillway', Dimensions: [['service']] }] },
        service: 'ingest',
        EntryAccepted: 1,
      },
      { service: 'ingest', EntryInvalid: 1 },
    ]);
  });

  it('stores a batch, and writes one line for it: its metrics, counted in entries', async () => {
    const entries = [{ id: 'b1', title: 't', year: 1 }, { id: '' }, { id: 'b2', title: 't', year: 1 }];
    const { answers, lines, stderr } = await invokeBundle(
      [restBatchEvent(JSON.stringify({ entries }))],
      environment,
    );
    expect(answers).toMatchObject([{ statusCode: 207 }]);
    expect(JSON.parse(answers[0].body)).toMatchObject({
      outcomes: [{ status: 'accepted' }, { status: 'invalid' }, { status: 'accepted' }],
    });
    expect(stderr).toBe('');
    expect(lines).toMatchObject([{ service: 'ingest', Batch: 1, EntryAccepted: 2, EntryInvalid: 1 }]);
  });

  it('logs what failed, with the request ids, and no secret to the client', async () => {
    const { answers, stderr } = await invokeBundle([sample], { ...environment, TABLE_NAME: 'missing' });
    expect(answers).toMatchObject([{ statusCode: 500, body: '{"message":"Internal server error"}' }]);
    expect(
      stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        requestId: 'lambda-1',
        gatewayRequestId: 'gateway-1',
        error: expect.objectContaining({ name: 'ResourceNotFoundException' }),
      }),
    );
  });

  it('answers 503 when nobody listens, after retries', async () => {
    const { answers, stderr } = await invokeBundle([sample], {
      ...environment,
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${await findFreePort()}`,
    });
    expect(answers).toMatchObject([{ statusCode: 503, headers: { 'retry-after': '1' } }]);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'WARN',
      requestId: 'lambda-1',
      reason: 'ECONNREFUSED',
    });
  });

  it.each([
    ['an entry', sample, 3],
    ['a batch', sampleBatch, 6],
  ])('answers 503 to %s when the connection breaks, after retries', async (_name, event, attempts) => {
    let requests = 0;
    const server = createServer((socket) => {
      requests++;
      socket.once('data', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { answers } = await invokeBundle([event], {
      ...environment,
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    });
    server.close();
    expect(answers).toMatchObject([{ statusCode: 503, headers: { 'retry-after': '1' } }]);
    expect(requests).toBe(attempts);
  });

  describe('over a table that keeps what it was sent', () => {
    const requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    const server = createHttpServer((request, response) => {
      void text(request).then((body) => {
        requests.push({ headers: request.headers, body });
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      });
    });
    let keeping: Record<string, string>;

    beforeAll(async () => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      keeping = { ...environment, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` };
    });
    beforeEach(() => void requests.splice(0));
    afterAll(() => void server.close());

    it('signs with the credentials of its role, the session token among them', async () => {
      const { answers } = await invokeBundle([sample], { ...keeping, AWS_SESSION_TOKEN: 'session-1' });
      expect(answers).toMatchObject([{ statusCode: 200 }]);
      expect(requests.map(({ headers }) => headers)).toMatchObject([
        {
          'x-amz-security-token': 'session-1',
          authorization: expect.stringMatching(/Credential=local\/.*SignedHeaders=[^,]*x-amz-security-token/),
        },
      ]);
    });

    it('sends an escaped name as itself, after other clients sent others in its place', async () => {
      const entry = (attributes: string) => `{"id":"1","title":"t","year":1,"attributes":${attributes}}`;
      const [first, then] = [entry('{"p":[],"\\\\":0}'), entry('{"p":1,"\\"":2}')];
      const batch = (one: string) => restBatchEvent(`{"entries":[${one}]}`);
      await invokeBundle([restEvent(first), restEvent(then), batch(first), batch(then)], keeping);
      const [sent, victim] = ['{"p":{"L":[]},"\\\\":{"N":"0"}}', '{"p":{"N":"1"},"\\"":{"N":"2"}}'];
      expect(requests.map(({ body }) => body)).toEqual(
        [sent, victim, sent, victim].map((names) => expect.stringContaining(`"attributes":{"M":${names}}`)),
      );
    });
  });

  it('refuses to start without its table', async () => {
    const { answers, stderr } = await invokeBundle([], { AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint });
    expect(answers).toBeUndefined();
    expect(stderr).toMatch(/TABLE_NAME is missing/);
  });
});
