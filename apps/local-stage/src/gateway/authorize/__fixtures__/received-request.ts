import type { IncomingMessage } from 'node:http';

/** What a client sent, as far as authorization looks at it. */
export interface SentRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where it comes from. */
  readonly address?: string;
}

/** The same as node hands it to a server. */
export function receivedRequest({
  method,
  path,
  headers,
  address = '127.0.0.1',
}: SentRequest): IncomingMessage {
  // aws4 writes the content length as a number.
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method,
    url: path,
    rawHeaders: pairs.flat(),
    headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
    socket: { remoteAddress: address },
  } as unknown as IncomingMessage;
}
