import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Failure = 'throttled' | 'unreachable' | 'denied';

/** A DynamoDB whose tables are there and whose writes fail as told. */
export interface FailingTable {
  readonly endpoint: string;
  failWith(failure: Failure): void;
  /** Writes tried since the last `failWith`. */
  writesSeen(): number;
  stop(): Promise<void>;
}

const ERRORS: Readonly<Record<'throttled' | 'denied', string>> = {
  throttled: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
  denied: 'com.amazon.coral.service#AccessDeniedException',
};

export async function startFailingTable(): Promise<FailingTable> {
  let failure: Failure = 'throttled';
  let writes = 0;
  const server = createServer((request, response) => {
    request.resume();
    const answer = (statusCode: number, body: unknown): void => {
      response.writeHead(statusCode, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    };
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    if (operation === 'DescribeTable') return answer(200, { Table: { TableStatus: 'ACTIVE' } });
    if (operation === 'ListTables') return answer(200, { TableNames: [] });
    if (operation === 'CreateTable') return answer(200, { TableDescription: { TableStatus: 'ACTIVE' } });
    writes += 1;
    if (failure === 'unreachable') return void request.socket.destroy();
    answer(400, { __type: ERRORS[failure], message: 'on purpose' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failWith: (next) => {
      failure = next;
      writes = 0;
    },
    writesSeen: () => writes,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
