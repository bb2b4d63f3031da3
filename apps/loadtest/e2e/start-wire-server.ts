import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a server does on the wire with a request that came whole; `sequence` is its entry's. */
export type OnRequest = (socket: Socket, sequence: number) => void;

/** A server that may break HTTP's rules, in this process; it can go away and come back on the same port. */
export interface WireServer {
  readonly url: string;
  /** Requests that came whole. */
  readonly received: () => number;
  /** Breaks every connection and listens no more. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

export const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

export async function startWireServer(onRequest: OnRequest, onConnection?: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  let received = 0;
  let server: Server;
  const listen = async (port: number): Promise<number> => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
      onConnection?.(socket);
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
        for (let end = endOfRequest(text); end > 0; end = endOfRequest(text)) {
          const id = /"id":"([^"]+)"/.exec(text.slice(0, end))?.[1] ?? '';
          text = text.slice(end);
          received += 1;
          onRequest(socket, Number(id.split('.').at(-1)));
        }
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}/prod`,
    received: () => received,
    goAway: async () => {
      for (const socket of sockets) socket.resetAndDestroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    comeBack: async () => void (await listen(port)),
  } satisfies WireServer;
}

/** Length of the first request in the text, or 0 while it is not whole. */
function endOfRequest(text: string): number {
  const headEnd = text.indexOf('\r\n\r\n') + 4;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
  return headEnd > 4 && text.length >= headEnd + length ? headEnd + length : 0;
}
