import { request as openRequest, Agent } from 'node:http';

/** What a client sends. */
export interface ClientRequest {
  /** @default GET */
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Sends the body in chunks, without saying its length. */
  readonly isChunked?: boolean;
}

/** What a client sees, as it came over the wire. */
export interface ClientAnswer {
  readonly status: number;
  readonly body: string;
  /** With the letters as they were sent; of repeated ones the last. */
  readonly headers: Readonly<Record<string, string>>;
}

const CHUNK_BYTES = 1024 * 1024;

/** A socket for each request that waits: nothing queues on the client's side. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Ends the sockets that are kept for the next request. */
export function closeSockets(): void {
  agent.destroy();
}

/** Sends one request over a real socket and reads the whole answer. */
export function send({
  method = 'GET',
  url,
  headers = {},
  body = '',
  isChunked,
}: ClientRequest): Promise<ClientAnswer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const length =
      isChunked || (bytes.length === 0 && method === 'GET') ? {} : { 'Content-Length': bytes.length };
    const upload = openRequest(url, { method, agent, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          headers: namedHeaders(response.rawHeaders),
        });
      });
    });
    // Answered before its body was sent, a request may break off: `reject` comes too late then, as it should.
    upload.once('error', reject);
    for (let sent = 0; sent < bytes.length; sent += CHUNK_BYTES)
      upload.write(bytes.subarray(sent, sent + CHUNK_BYTES));
    upload.end();
  });
}

function namedHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return Object.fromEntries(pairs);
}
