import type { ServerResponse } from 'node:http';

/** An answer of either kind of API, its own ids and the body's length left out. */
export interface Answer {
  readonly statusCode: number;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** Up to here head and text are small enough for node to send them as one without setting room aside. */
const ONE_WRITE_CHARACTERS = 8192;

/**
 * Writes a whole answer. Where the status allows no body, neither it nor its length is written.
 * @param gatewayHeaders name, value, name, value: what the gateway adds
 * @returns the body's bytes that the client gets
 */
export function writeResponse(
  response: ServerResponse,
  { statusCode, headers, body }: Answer,
  gatewayHeaders: readonly string[],
): number {
  if (statusCode === 204 || statusCode === 304) {
    response.writeHead(statusCode, [...headers, ...gatewayHeaders]);
    response.end();
    return 0;
  }
  const bytes = Buffer.byteLength(body);
  response.writeHead(statusCode, [...headers, 'Content-Length', String(bytes), ...gatewayHeaders]);
  if (typeof body !== 'string') response.end(body);
  // Node joins a text to the head and sends both as one, in the text's encoding: a head is Latin-1.
  else if (bytes === body.length && bytes <= ONE_WRITE_CHARACTERS) response.end(body, 'latin1');
  else response.end(Buffer.from(body));
  return response.req.method === 'HEAD' ? 0 : bytes;
}
