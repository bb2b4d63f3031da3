import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';

/** A certificate of nobody's authority, for the name localhost, and its key, which guards nothing. */
export const CERTIFICATE = path.join(__dirname, '__fixtures__/loopback-tls/certificate.pem');
const KEY = path.join(__dirname, '__fixtures__/loopback-tls/key.pem');

/** What a client said in its handshake. */
export interface Handshake {
  readonly servername: string | false | null;
  readonly alpn: string | false | null;
  readonly isSessionReused: boolean;
}

export interface TlsServer {
  readonly port: number;
  readonly handshakes: readonly Handshake[];
  readonly requests: () => number;
  stop(): Promise<void>;
}

/** @param keepsAlive false: it closes each connection after its answer */
export async function startTlsServer(keepsAlive = true): Promise<TlsServer> {
  const handshakes: Handshake[] = [];
  let requests = 0;
  const server = createServer(
    { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) },
    (request, response) => {
      requests += 1;
      request.resume().on('end', () => {
        if (!keepsAlive) response.setHeader('connection', 'close');
        response.end('{}');
      });
    },
  );
  server.keepAliveTimeout = 60_000;
  server.on('secureConnection', (socket: TLSSocket) => {
    const { servername, alpnProtocol } = socket as TLSSocket & { servername?: string | false };
    handshakes.push({
      servername: servername ?? null,
      alpn: alpnProtocol,
      isSessionReused: socket.isSessionReused(),
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    handshakes,
    requests: () => requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
