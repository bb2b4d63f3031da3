import { createServer, type Server } from 'node:http';
import { closeServer, listenOnLoopback } from '../../loopback-server.ts';
import type { RestGateway } from '../rest/rest-gateway.ts';

/** Longer than clients keep their idle sockets, so that they never write into one that is being closed. */
const KEEP_ALIVE_MS = 65_000;

/** The side of the stage that clients see, on this machine only. */
export class HttpFront {
  readonly #server: Server;

  /** @param onDefect told of an exchange that failed by a mistake of ours; its connection is dropped */
  constructor(gateway: RestGateway, onDefect: (error: unknown) => void) {
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      gateway.serve(request, response).catch((error: unknown) => {
        onDefect(error);
        response.destroy();
      });
    });
  }

  /**
   * Begins to answer.
   * @param port 0 for any free one
   * @returns `http://127.0.0.1:<port>`
   * @throws PortError
   */
  listen(port: number): Promise<string> {
    return listenOnLoopback(this.#server, port, '--port');
  }

  /** Stops listening and drops every connection. */
  close(): Promise<void> {
    return closeServer(this.#server);
  }
}
