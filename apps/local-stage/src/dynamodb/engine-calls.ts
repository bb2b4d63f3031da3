import { Agent, request as sendRequest, type IncomingMessage } from 'node:http';
import type { TableAnswer } from './table-answer.ts';

/** Headers of one connection, not of the message; and those that are written anew. */
const OF_THE_HOP = new Set([
  'connection',
  'keep-alive',
  'host',
  'content-length',
  'transfer-encoding',
  'expect',
]);

/** Sends calls to the engine over connections that are kept, with headers and bodies byte for byte. */
export class EngineCalls {
  readonly #endpoint: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(engineEndpoint: string) {
    this.#endpoint = new URL(engineEndpoint);
  }

  /**
   * One call.
   * @param rawHeaders the client's, as they came
   * @throws the connection's error
   */
  send(path: string, rawHeaders: readonly string[], body: Buffer): Promise<TableAnswer> {
    const { hostname, port, host } = this.#endpoint;
    return new Promise((resolve, reject) => {
      const onward = sendRequest(
        {
          agent: this.#agent,
          hostname,
          port,
          method: 'POST',
          path,
          headers: [...messageHeaders(rawHeaders), 'Host', host, 'Content-Length', String(body.length)],
        },
        (answer) => {
          collectBody(answer).then((content) => {
            resolve({
              statusCode: answer.statusCode ?? 502,
              rawHeaders: messageHeaders(answer.rawHeaders),
              body: content,
            });
          }, reject);
        },
      );
      onward.once('error', reject);
      onward.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/**
 * Everything that is in a message.
 * @throws the connection's error, also when its sender left before the end
 */
export function collectBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    message.once('error', reject);
    message.once('close', () => {
      reject(Object.assign(new Error('the connection ended within a message'), { code: 'ECONNRESET' }));
    });
  });
}

function messageHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!OF_THE_HOP.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}
