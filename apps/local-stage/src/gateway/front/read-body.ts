import type { IncomingMessage, ServerResponse } from 'node:http';

/** F14: what the front door takes, bytes. */
export const BODY_LIMIT_BYTES = 10_485_760;

const NO_BODY = Promise.resolve(null);

/** Requests whose client waits for `100 Continue` before it sends the body. */
const waiting = new WeakMap<IncomingMessage, () => void>();

/**
 * Holds `100 Continue` back until the body is wanted. A client that is refused before that may or may not send the
 * body, and nobody can tell its bytes from the next request: such an answer closes the connection.
 */
export function awaitContinue(request: IncomingMessage, response: ServerResponse): void {
  const shouldKeepAlive = response.shouldKeepAlive;
  response.shouldKeepAlive = false;
  waiting.set(request, () => {
    response.shouldKeepAlive = shouldKeepAlive;
    response.writeContinue();
  });
}

/**
 * The request's body: null when it has none, `'too-large'` over F14's limit, `'broken'` when the client left.
 * What comes after the limit is discarded, so that the client can read its answer.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | null | 'too-large' | 'broken'> {
  const declared = request.headers['content-length'];
  if (declared === undefined && request.headers['transfer-encoding'] === undefined) return NO_BODY;
  if (declared === '0') return NO_BODY;
  if (Number(declared) > BODY_LIMIT_BYTES) return Promise.resolve('too-large');
  // Gone while something else was awaited: no event will come any more.
  if (request.destroyed) return Promise.resolve('broken');
  if (request.headers.expect !== undefined) waiting.get(request)?.();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve('too-large');
      }
    });
    request.on('end', () => {
      resolve(
        bytes === 0 ? null : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes),
      );
    });
    request.on('error', () => resolve('broken'));
    request.on('close', () => resolve('broken'));
  });
}
