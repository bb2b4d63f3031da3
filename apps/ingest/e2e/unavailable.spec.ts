import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { restEvent } from '../src/__fixtures__/gateway-events.ts';
import { recordParts } from '../src/__fixtures__/recording-parts.ts';
import { SDK_RETRY_BUDGET_MS } from '../src/deadline.ts';
import { createDynamoDbStore } from '../src/dynamodb-store.ts';
import { localAccess } from './entries-table.ts';

let server: Server | undefined;

/** A table that answers every request with `listener`; tells how many came. */
async function serve(listener: RequestListener) {
  let requests = 0;
  server = createServer((request, response) => {
    requests++;
    request.resume().on('end', () => listener(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, requests: () => requests };
}

const refuseWith =
  (status: number, error: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error}`, message: 'x' }));
  };

async function send(endpoint: string) {
  const parts = recordParts(createDynamoDbStore('entries', localAccess(endpoint)));
  const startedMs = performance.now();
  const response = await parts.send(restEvent('{"id":"1","title":"t","year":1}'));
  return { response, logs: parts.logs, elapsedMs: performance.now() - startedMs };
}

const unavailable = { statusCode: 503, headers: { 'retry-after': '1' } };

describe('ingest over a table in trouble', () => {
  afterEach(async () => {
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    server = undefined;
  });

  it.each([
    [400, 'ThrottlingException'],
    [400, 'ProvisionedThroughputExceededException'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
  ])('answers 503 to %i %s, after retries and within the budget', async (status, error) => {
    const { endpoint, requests } = await serve(refuseWith(status, error));
    const { response, logs, elapsedMs } = await send(endpoint);
    expect(response).toMatchObject(unavailable);
    expect(logs).toMatchObject([{ level: 'warn' }]);
    expect(requests()).toBeGreaterThan(1);
    expect(requests()).toBeLessThanOrEqual(3);
    // A second of slack for a machine that stalls.
    expect(elapsedMs).toBeLessThan(SDK_RETRY_BUDGET_MS + 1_000);
  });

  it('answers 503 when something else answers in its place', async () => {
    const { endpoint } = await serve((_request, response) => response.writeHead(502).end('<html>'));
    expect((await send(endpoint)).response).toMatchObject(unavailable);
  });

  it('answers 503 when no answer comes, at the end of the budget', async () => {
    const { endpoint, requests } = await serve(() => undefined);
    const { response, elapsedMs } = await send(endpoint);
    expect(response).toMatchObject(unavailable);
    expect(requests()).toBeGreaterThan(1);
    expect(elapsedMs).toBeLessThan(SDK_RETRY_BUDGET_MS + 1_000);
  });

  it('answers 503 when an answer begins and never ends, at the end of the budget', async () => {
    const { endpoint } = await serve((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100' })
        .write('{');
    });
    const { response, elapsedMs } = await send(endpoint);
    expect(response).toMatchObject(unavailable);
    expect(elapsedMs).toBeGreaterThan(SDK_RETRY_BUDGET_MS - 100);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'])(
    'answers 500 to %s, at once: a repeat would not help',
    async (error) => {
      const { endpoint, requests } = await serve(refuseWith(400, error));
      const { response, logs } = await send(endpoint);
      expect(response).toMatchObject({ statusCode: 500, body: '{"message":"Internal server error"}' });
      expect(logs).toMatchObject([{ level: 'error', extra: { error: { name: error } } }]);
      expect(requests()).toBe(1);
    },
  );

  it('stores the entry when a retry gets through', async () => {
    let isFirst = true;
    const { endpoint } = await serve((request, response) => {
      if (isFirst) refuseWith(400, 'ThrottlingException')(request, response);
      else response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      isFirst = false;
    });
    expect((await send(endpoint)).response.statusCode).toBe(200);
  });
});
