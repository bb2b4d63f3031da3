import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What happens to one request on its way to the table. */
export type Fate =
  | 'passed'
  /** Answered `ThrottlingException` in the table's stead. */
  | 'throttled'
  /** The table does as it is told, but the answer is `InternalServerError`. */
  | 'misreported'
  /** Taken, and never answered. */
  | 'ignored'
  /** Answered `AccessDeniedException` in the table's stead. */
  | 'forbidden';

/** A table whose requests meet the fates that a test decides on. */
export interface ShakyTable {
  readonly endpoint: string;
  stop(): Promise<unknown>;
}

/** @param decide is given the number of the write, from 0 */
export async function startShakyTable(
  engineEndpoint: string,
  decide: (write: number) => Fate,
): Promise<ShakyTable> {
  let writes = 0;
  const server = createServer((request, response) => {
    void answer(request, response, engineEndpoint, decide(writes++));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  engineEndpoint: string,
  fate: Fate,
): Promise<void> {
  const body = await buffer(request);
  if (fate === 'ignored') return;
  if (fate === 'throttled') return refuse(response, 400, 'ThrottlingException');
  if (fate === 'forbidden') return refuse(response, 400, 'AccessDeniedException');
  const { method = 'POST', headers } = request;
  const passed = send(engineEndpoint, { method, headers });
  passed.end(body);
  const [answered] = (await once(passed, 'response')) as [IncomingMessage];
  const answerBody = await buffer(answered);
  if (fate === 'misreported') return refuse(response, 500, 'InternalServerError');
  response.writeHead(answered.statusCode ?? 500, answered.headers).end(answerBody);
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error}`, message: 'x' }));
}
