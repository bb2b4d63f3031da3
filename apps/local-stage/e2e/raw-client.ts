import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer, byte for byte. */
export interface RawAnswer {
  readonly statusCode: number;
  /** Names in lower case; of repeated ones the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client that sends what it is told to, well-formed or not, over one connection. */
export class RawClient {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #received = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = once(socket, 'close');
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    // A reset is one of the ways in which a server closes.
    socket.on('error', () => undefined);
  }

  /** @param origin `http://127.0.0.1:<port>` */
  static async connect(origin: string): Promise<RawClient> {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(...lines: readonly string[]): void {
    this.#socket.write(lines.join('\r\n'), 'latin1');
  }

  /**
   * The next answer; `'closed'` when the server closed without a whole one.
   * @param isBodiless the answer to HEAD, and `100 Continue`
   */
  async read(isBodiless = false): Promise<RawAnswer | 'closed'> {
    for (;;) {
      const answer = this.#take(isBodiless);
      if (answer) return answer;
      if (this.#socket.closed || this.#socket.readableEnded) return 'closed';
      await Promise.race([once(this.#socket, 'data'), this.#closed]).catch(() => undefined);
    }
  }

  /** Resolves when the server has closed, with what it sent that nobody read. */
  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  /** Hangs up after everything that was sent. */
  leave(): void {
    this.#socket.destroy();
  }

  /** Leaves without a word; what was sent may be lost. */
  abort(): void {
    this.#socket.resetAndDestroy();
  }

  #take(isBodiless: boolean): RawAnswer | null {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [statusLine = '', ...lines] = this.#received.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const start = end + 4;
    // Node's own refusals come as one empty chunk.
    const isChunked = headers['transfer-encoding'] === 'chunked';
    const length = isBodiless ? 0 : isChunked ? '0\r\n\r\n'.length : Number(headers['content-length'] ?? 0);
    if (this.#received.length < start + length) return null;
    const body = this.#received.slice(start, start + length);
    this.#received = this.#received.slice(start + length);
    return { statusCode: Number(statusLine.split(' ')[1]), headers, body };
  }
}
