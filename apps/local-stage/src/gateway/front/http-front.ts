import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../../loopback-server.ts';
import { BrokenRequests } from './broken-requests.ts';
import { awaitContinue } from './read-body.ts';
import { normalizeTarget, oversizeOfHead, writeOversize } from './request-head.ts';
import type { ServedApi } from './served-api.ts';

/** How long a client may take. AWS does not publish these (**?**). */
export interface FrontTimeouts {
  /** For the head of a request, from its first byte; for the first request from the connection on. */
  readonly headMs: number;
  /** For a whole request, body included; the answer may take longer. */
  readonly requestMs: number;
  /** Between two requests. Longer than clients keep idle sockets, so that they never write into a closing one. */
  readonly idleMs: number;
}

const TIMEOUTS: FrontTimeouts = { headMs: 30_000, requestMs: 60_000, idleMs: 65_000 };

/** Every connection is looked at this often, so a timeout comes at most this late. */
const CHECK_EVERY_MS = 1000;

/** Node's own limit has to be out of the way of `request-head.ts`, which counts as AWS does. */
const NODE_HEAD_LIMIT_BYTES = 32_768;

/** The side of one API that clients see, on this machine only. */
export class HttpFront {
  readonly #server: Server;
  readonly #api: ServedApi;
  readonly #onDefect: (error: unknown) => void;
  readonly #broken = new BrokenRequests();

  /** @param onDefect told of an exchange that failed by a mistake of ours; its connection is dropped */
  constructor(api: ServedApi, onDefect: (error: unknown) => void, timeouts: FrontTimeouts = TIMEOUTS) {
    this.#api = api;
    this.#onDefect = onDefect;
    this.#server = createServer(
      {
        headersTimeout: timeouts.headMs,
        requestTimeout: timeouts.requestMs,
        keepAliveTimeout: timeouts.idleMs,
        connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, timeouts.headMs),
        maxHeaderSize: NODE_HEAD_LIMIT_BYTES,
      },
      (request, response) => this.#serve(request, response),
    );
    // Bounded in bytes; beyond a number of headers node would drop the rest without a word.
    this.#server.maxHeadersCount = 0;
    this.#server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      awaitContinue(request, response);
      this.#serve(request, response);
    });
    this.#server.on('clientError', (error, socket) => this.#broken.answer(error, socket));
    this.#server.on('connect', (_request, socket) => this.#broken.refuse(socket));
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

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.#broken.watch(request, response);
    const oversize = oversizeOfHead(request, this.#api.isRequestLineAHeader ?? false);
    if (oversize) return writeOversize(response, oversize);
    normalizeTarget(request);
    this.#api.serve(request, response).catch((error: unknown) => {
      this.#onDefect(error);
      response.destroy();
    });
  }
}
