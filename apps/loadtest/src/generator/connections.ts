import { Pool, type Dispatcher } from 'undici';

/** What happens to a request on the wire; after `onLastByte` or `onBroken` nothing more does. */
export interface ExchangeEvents {
  onFirstByte(status: number, errorType: string): void;
  onLastByte(): void;
  /** @param code such as `ECONNRESET` */
  onBroken(code: string): void;
}

/** Gives a request up: nothing is heard of it any more, and its socket is closed. */
export type GiveUp = () => void;

const HEADERS = { 'content-type': 'application/json' };

/**
 * HTTP/1.1 keep-alive connections to one target, opened as needed up to a cap, one request at a time on each.
 * Beyond the cap requests queue, which is recorded: from then on the step measures the generator.
 */
export class Connections {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #cap: number;
  #open = 0;
  #inFlight = 0;
  /** Most sockets open at once. */
  socketsMax = 0;
  /** Whether a request had to wait for a socket because the cap was reached. */
  capHit = false;

  constructor(target: URL, cap: number) {
    this.#path = target.pathname + target.search;
    this.#cap = cap;
    // No timeouts here: the horizon is the only one, and the step enforces it.
    this.#pool = new Pool(target.origin, {
      connections: cap,
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 0 },
    });
    this.#pool.on('connect', () => {
      this.#open += 1;
      this.socketsMax = Math.max(this.socketsMax, this.#open);
    });
    this.#pool.on('disconnect', () => {
      this.#open -= 1;
    });
  }

  post(body: string, events: ExchangeEvents): GiveUp {
    if (this.#inFlight >= this.#cap) this.capHit = true;
    this.#inFlight += 1;
    const exchange = new Exchange(events, () => (this.#inFlight -= 1));
    this.#pool.dispatch({ method: 'POST', path: this.#path, headers: HEADERS, body }, exchange);
    return () => exchange.giveUp();
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #events: ExchangeEvents;
  readonly #onOver: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #isOver = false;
  #isGivenUp = false;

  constructor(events: ExchangeEvents, onOver: () => void) {
    this.#events = events;
    this.#onOver = onOver;
  }

  giveUp(): void {
    this.#isGivenUp = true;
    // Still queued or connecting: there is nothing to abort yet, `onRequestStart` does it then.
    this.#controller?.abort(new GivenUp());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isGivenUp) controller.abort(new GivenUp());
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
    this.#onOver();
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
