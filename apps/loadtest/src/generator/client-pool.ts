import { Client, type Dispatcher } from 'undici';

/** One connection, opened again when the target closes it. */
export interface PooledConnection {
  readonly client: Client;
  readonly isOpen: boolean;
  /** How often it has been opened. */
  readonly openings: number;
}

/** A request on its way, told which connection it gets, before it gets it. */
export interface PooledHandler extends Dispatcher.DispatchHandler {
  /** It was given up: while it waits for a connection, nobody needs one for it any more. */
  readonly isOver: boolean;
  /** @param atOnce false: the request had to wait until one became free */
  onGiven(connection: PooledConnection, atOnce: boolean): void;
}

/** How many connections are open. */
export interface ClientPoolListener {
  onOpened(): void;
  onClosed(): void;
}

/** Served ones are let go in lots: one by one would move all that still wait. */
const LET_GO = 1_000;

interface Waiting {
  readonly options: Dispatcher.DispatchOptions;
  readonly handler: PooledHandler;
}

/**
 * Connections to one origin, one request at a time on each, the last one used first: few stay in use, and to find one
 * costs the same whether four are open or four thousand. (undici's own `Pool` looks through all of them for each
 * request, which at thousands costs more than the request.) Beyond the cap requests wait, first come first served.
 */
export class ClientPool {
  readonly #origin: string;
  readonly #cap: number;
  readonly #options: Client.Options;
  readonly #listener: ClientPoolListener;
  readonly #connections: PooledConnection[] = [];
  readonly #free: PooledConnection[] = [];
  readonly #waiting: Waiting[] = [];
  #served = 0;

  constructor(origin: string, cap: number, options: Client.Options, listener: ClientPoolListener) {
    this.#origin = origin;
    this.#cap = cap;
    this.#options = options;
    this.#listener = listener;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: PooledHandler): void {
    const connection = this.#free.pop() ?? this.#open();
    if (connection) give(connection, { options, handler }, true);
    else this.#waiting.push({ options, handler });
  }

  /** To be called once when a request is over, with the connection it was told. */
  free(connection: PooledConnection): void {
    this.#free.push(connection);
    // Not within the call that ended the last one: a client that could not connect asserts that it has nothing left.
    if (this.#waiting.length > this.#served) queueMicrotask(() => this.#serveWaiting());
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#connections.map(({ client }) => client.destroy()));
  }

  #serveWaiting(): void {
    const connection = this.#free.pop();
    if (!connection) return;
    const next = this.#nextWaiting();
    if (next) give(connection, next, false);
    else this.#free.push(connection);
  }

  #nextWaiting(): Waiting | null {
    for (let next = this.#waiting[this.#served]; next; next = this.#waiting[this.#served]) {
      this.#served += 1;
      if (this.#served === LET_GO) {
        this.#waiting.splice(0, LET_GO);
        this.#served = 0;
      }
      if (!next.handler.isOver) return next;
    }
    return null;
  }

  #open(): PooledConnection | null {
    if (this.#connections.length >= this.#cap) return null;
    const client = new Client(this.#origin, this.#options);
    const connection = { client, isOpen: false, openings: 0 };
    client.on('connect', () => {
      connection.isOpen = true;
      connection.openings += 1;
      this.#listener.onOpened();
    });
    client.on('disconnect', () => {
      connection.isOpen = false;
      this.#listener.onClosed();
    });
    this.#connections.push(connection);
    return connection;
  }
}

function give(connection: PooledConnection, { options, handler }: Waiting, atOnce: boolean): void {
  handler.onGiven(connection, atOnce);
  connection.client.dispatch(options, handler);
}
