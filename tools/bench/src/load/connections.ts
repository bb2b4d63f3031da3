import { Pool } from 'undici';
import { entryBody } from './entry.ts';
import type { Ending } from './ledger.ts';

/** After this a request counts as failed, ms: longer than a gateway lets an integration run (F18). */
const GIVE_UP_MS = 30_000;

const HEADERS = { 'content-type': 'application/json' };

/** HTTP/1.1 keep-alive connections to a contestant, one request at a time on each. */
export class Connections {
  readonly #pool: Pool;
  readonly #path: string;

  /** @param limit most sockets; null for as many as are needed */
  constructor(url: string, limit: number | null) {
    const { origin, pathname } = new URL(url);
    this.#path = pathname;
    this.#pool = new Pool(origin, {
      connections: limit,
      pipelining: 1,
      allowH2: false,
      headersTimeout: GIVE_UP_MS,
      bodyTimeout: GIVE_UP_MS,
      connect: { timeout: GIVE_UP_MS },
    });
  }

  /** Posts an entry with this id; a failure is an ending too. */
  async post(id: string): Promise<Ending> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: 'POST',
        path: this.#path,
        headers: HEADERS,
        body: entryBody(id),
      });
      await body.dump();
      const requestId = headers['x-amzn-requestid'];
      return { ending: String(statusCode), requestId: typeof requestId === 'string' ? requestId : undefined };
    } catch (error) {
      return { ending: codeOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : String(error);
}
