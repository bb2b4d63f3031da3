import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../src/gateway/front/read-body.ts';
import type { ServedApi } from '../../src/gateway/front/served-api.ts';

/** Stands behind a listener and answers what it was asked; paths beginning with `/early` before it reads the body. */
export class EdgeApi implements ServedApi {
  /** What came through to where a function would be invoked: `POST /echo 5`. */
  readonly invoked: string[] = [];
  /** Requests that came in, whatever became of them. */
  arrived = 0;
  /** Of the latest request. */
  headerCount = 0;
  /** Requests whose client left. */
  broken = 0;
  /** Let go of what waits in `/held`. */
  release: () => void = () => undefined;
  readonly #held: Promise<void>;

  constructor() {
    this.#held = new Promise((resolve) => (this.release = resolve));
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.arrived += 1;
    this.headerCount = request.rawHeaders.length / 2;
    if (request.url?.startsWith('/early')) return answer(response, 429, 'early');
    const body = await readBody(request);
    if (body === 'broken') {
      this.broken += 1;
      return;
    }
    if (body === 'too-large') return answer(response, 413, 'too large');
    this.invoked.push(`${request.method} ${request.url} ${body?.length ?? 'none'}`);
    if (request.url === '/held') await this.#held;
    answer(response, 200, body?.toString() ?? '');
  }
}

function answer(response: ServerResponse, statusCode: number, text: string): void {
  response.writeHead(statusCode, { 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
