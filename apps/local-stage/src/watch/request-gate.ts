import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedApi } from '../gateway/front/served-api.ts';

/** Where requests wait while what answers them is replaced. */
export class RequestGate {
  #opened: Promise<void> | null = null;
  #open: () => void = () => undefined;
  #waiting = 0;

  /** Requests that come from now on wait. */
  hold(): void {
    this.#opened ??= new Promise((resolve) => (this.#open = resolve));
  }

  /** Lets all that wait go on, in the order in which they came. */
  release(): { readonly waited: number } {
    const waited = this.#waiting;
    this.#waiting = 0;
    this.#opened = null;
    this.#open();
    return { waited };
  }

  /** `null` if it is open; else a promise for when it is. */
  passage(): Promise<void> | null {
    if (this.#opened) this.#waiting += 1;
    return this.#opened;
  }
}

/** An API that can be replaced while it is served: requests are counted and timed once they are let in. */
export class HeldApi implements ServedApi {
  readonly #gate: RequestGate;
  #api: ServedApi;

  constructor(api: ServedApi, gate: RequestGate) {
    this.#api = api;
    this.#gate = gate;
  }

  get isRequestLineAHeader(): boolean {
    return this.#api.isRequestLineAHeader ?? false;
  }

  /** Serves the next requests by another; those under way stay with the old one. */
  replace(api: ServedApi): void {
    this.#api = api;
  }

  serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const passage = this.#gate.passage();
    if (!passage) return this.#api.serve(request, response);
    return passage.then(() => this.#api.serve(request, response));
  }
}
