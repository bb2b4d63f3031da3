import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './authorize/authorize-request.ts';
import type { RequestIds } from './request-ids.ts';

/** What is known of a request to either kind of API. */
export interface ReceivedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly ids: RequestIds;
  /** Beginning with `/`, without the query: of a REST API without the stage too, of an HTTP API as on the wire. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Monotonic. */
  readonly startedAtMs: number;
  /** Wall clock. */
  readonly receivedAtMs: number;
  /** Who signed; null where nobody had to. */
  caller: Caller | null;
  integrationLatencyMs: number | null;
  /** Lambda's own: 200 when the function ran, whatever came of it. */
  lambdaStatus: number | null;
  /** The function's. */
  functionStatus: number | null;
}
