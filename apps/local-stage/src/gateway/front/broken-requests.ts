import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a client is told whose request can't be read, by node's code; all others are 400. */
const REASONS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers requests that never become one: malformed, too slow, or of a kind that no API serves. */
export class BrokenRequests {
  readonly #latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();

  /** Remembers what the connection is busy with, so that no answer gets between another's bytes. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    this.#latest.set(request.socket, { request, response });
  }

  /** Answers once the requests before it are answered, then closes: after bytes like these nothing can be read. */
  answer(error: NodeJS.ErrnoException, socket: Duplex): void {
    const latest = this.#latest.get(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const head = REASONS[error.code ?? ''] ?? '400 Bad Request';
    if (!latest) return end(socket, head);
    const { request, response } = latest;
    // The request before is whole: the error is in what came after it, and its client may still await its answer.
    if (request.complete && !response.writableFinished)
      return void response.once('finish', () => end(socket, head));
    // Its body is not, and it is answered already: a second answer would pass for that of the next request.
    if (!request.complete && response.headersSent) return void socket.destroy();
    end(socket, head);
  }

  /** Answers a CONNECT request. */
  refuse(socket: Duplex): void {
    end(socket, '400 Bad Request');
  }
}

function end(socket: Duplex, head: string): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () => socket.destroy());
}
