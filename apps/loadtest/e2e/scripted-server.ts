/** A server whose answer to a request follows from the sequence in its entry's id; forked by the specs. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** `mixed`: every kind of answer in turns. `stop`: stands still for 1 s at request 100. `hang`: never answers. */
const script = process.argv[2];

const mixed: readonly ((response: ServerResponse, socket: Socket) => void)[] = [
  (response) => response.end('{}'),
  (response) => response.writeHead(429, { 'x-amzn-ErrorType': 'TooManyRequestsException:http://x/' }).end(),
  (response) => response.writeHead(500).end(),
  (response) => response.writeHead(409).end(),
  (_, socket) => socket.resetAndDestroy(),
  (response, socket) => response.write('{"half":', () => socket.destroy()),
  () => undefined,
  (response) => setTimeout(() => response.end('{}'), 4000),
];

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const { id } = JSON.parse(body) as { id: string };
    const sequence = Number(id.split('.').at(-1));
    process.send?.({ kind: 'request', sequence });
    if (script === 'hang') return;
    if (script === 'mixed') return mixed[sequence % mixed.length]?.(response, request.socket);
    if (script === 'stop' && sequence === 100)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    response.end('{"message":"Successfully inserted data!"}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ kind: 'ready', port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());
