import { buildConnector, type Dispatcher } from 'undici';
import { ClientPool, type PooledConnection, type PooledHandler } from './client-pool.ts';
import { OPEN_ACCESS, type TargetAccess } from './target-access.ts';

/** What happens to a request on the wire; after `onLastByte` or `onBroken` nothing more does. */
export interface ExchangeEvents {
  /**
   * It has a connection of its own from now on, open and past its TLS handshake. Not told where none came about.
   * @param wasWaiting false: an open one was free at once
   */
  onConnected(wasWaiting: boolean): void;
  onFirstByte(status: number, errorType: string): void;
  onLastByte(): void;
  /** @param code such as `ECONNRESET` */
  onBroken(code: string): void;
}

/** Gives a request up: nothing is heard of it any more, and its socket is closed. */
export type GiveUp = () => void;

/**
 * HTTP/1.1 keep-alive connections to one target, opened as needed up to a cap, one request at a time on each.
 * Beyond the cap requests queue, which is recorded: from then on the step measures the generator.
 */
export class Connections {
  readonly #pool: ClientPool;
  readonly #path: string;
  readonly #cap: number;
  readonly #access: TargetAccess;
  #open = 0;
  #inFlight = 0;
  /** Most sockets open at once. */
  socketsMax = 0;
  /** Whether a request had to wait for a socket because the cap was reached. */
  capHit = false;

  /** @param giveUpMs a connection that is not open by then is not waited for: its request is a timeout already */
  constructor(target: URL, cap: number, giveUpMs: number, access = OPEN_ACCESS) {
    this.#path = target.pathname + target.search;
    this.#cap = cap;
    this.#access = access;
    // No timeouts of requests here: the horizon is the only one, and the step enforces it.
    const options = {
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      // One for all, as it keeps the TLS sessions that new connections resume.
      connect: buildConnector({ timeout: giveUpMs, allowH2: false, ...access.tls }),
    };
    this.#pool = new ClientPool(target.origin, cap, options, {
      onOpened: () => {
        this.#open += 1;
        this.socketsMax = Math.max(this.socketsMax, this.#open);
      },
      onClosed: () => (this.#open -= 1),
    });
  }

  post(body: string, events: ExchangeEvents): GiveUp {
    if (this.#inFlight >= this.#cap) this.capHit = true;
    this.#inFlight += 1;
    const exchange = new Exchange(events, this.#onOver);
    const headers = this.#access.headersOf(body);
    this.#pool.dispatch({ method: 'POST', path: this.#path, headers, body }, exchange);
    return () => exchange.giveUp();
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  readonly #onOver = (connection: PooledConnection | null): void => {
    this.#inFlight -= 1;
    if (connection) this.#pool.free(connection);
  };
}

class Exchange implements PooledHandler {
  readonly #events: ExchangeEvents;
  readonly #onOver: (connection: PooledConnection | null) => void;
  #connection: PooledConnection | null = null;
  /** How often the connection had been opened when this request got it, open, at once. */
  #openings = -1;
  #controller: Dispatcher.DispatchController | null = null;
  #isOver = false;
  #isGivenUp = false;

  constructor(events: ExchangeEvents, onOver: (connection: PooledConnection | null) => void) {
    this.#events = events;
    this.#onOver = onOver;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  giveUp(): void {
    this.#isGivenUp = true;
    if (this.#connection === null) return this.#end(() => undefined);
    // Still connecting: there is nothing to abort yet, `onRequestStart` does it then.
    this.#controller?.abort(new GivenUp());
  }

  onGiven(connection: PooledConnection, atOnce: boolean): void {
    this.#connection = connection;
    if (atOnce && connection.isOpen) this.#openings = connection.openings;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isGivenUp) controller.abort(new GivenUp());
    // It may have been closed by the target, and opened again, since this request got it.
    else this.#events.onConnected(this.#openings !== this.#connection?.openings);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#isGivenUp || status < 200) return;
    this.#events.onFirstByte(status, errorTypeOf(headers['x-amzn-errortype']));
  }

  /** The body is only waited for; undici insists on a listener. */
  onResponseData(): void {}

  onResponseEnd(): void {
    this.#end(() => this.#events.onLastByte());
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end(() => this.#events.onBroken(codeOf(error)));
  }

  #end(tell: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onOver(this.#connection);
    if (!this.#isGivenUp) tell();
  }
}

class GivenUp extends Error {
  readonly code = 'GIVEN_UP';
}

/** API Gateway may append a URI after a colon: `TooManyRequestsException:http://…`. */
function errorTypeOf(header: string | string[] | undefined): string {
  return String(header ?? '').split(':')[0] ?? '';
}

function codeOf(error: Error): string {
  const { code, cause } = error as Error & { code?: unknown; cause?: { code?: unknown } };
  return String(cause?.code ?? code ?? error.name);
}
