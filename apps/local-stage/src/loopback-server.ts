import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A flood from idle queues in the kernel instead of being refused there. */
const LISTEN_BACKLOG = 4096;

/** A port that can't be had; the message says found, wanted, next. */
export class PortError extends Error {
  readonly code = 'PORT_UNAVAILABLE';
  readonly port: number;

  constructor(port: number, option: string, cause: NodeJS.ErrnoException) {
    const why = cause.code === 'EADDRINUSE' ? 'is taken' : `is refused (${cause.message})`;
    super(`port ${port} ${why}, want a free one; run again with ${option}=0 for any`, { cause });
    this.name = 'PortError';
    this.port = port;
  }
}

const LARGEST_PORT = 65_535;

/** More ports in a row than there are after the first one. */
export class PortRangeError extends Error {
  readonly code = 'PORT_RANGE_UNAVAILABLE';
  readonly firstPort: number;
  readonly count: number;

  constructor(firstPort: number, count: number, option: string) {
    const last = LARGEST_PORT - count + 1;
    super(
      `${option}=${firstPort}: found ${count} APIs, want a port for each up to ${LARGEST_PORT}; ` +
        `run again with ${option}=${last} at most, or 0 for any`,
    );
    this.name = 'PortRangeError';
    this.firstPort = firstPort;
    this.count = count;
  }
}

/**
 * Looks whether that many ports in a row can be there at all.
 * @param firstPort 0 for any free ones
 * @throws PortRangeError
 */
export function checkPortRange(firstPort: number, count: number, option: string): void {
  if (firstPort !== 0 && firstPort + count - 1 > LARGEST_PORT) {
    throw new PortRangeError(firstPort, count, option);
  }
}

/**
 * Listens on this machine only.
 * @param port 0 for any free one
 * @param option of the command line that chose the port, for the message
 * @returns `http://127.0.0.1:<port>`
 * @throws PortError
 */
export function listenOnLoopback(server: Server, port: number, option: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new PortError(port, option, cause)));
    server.listen({ port, host: '127.0.0.1', backlog: LISTEN_BACKLOG }, () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Resolves when nothing listens or is connected any more. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
