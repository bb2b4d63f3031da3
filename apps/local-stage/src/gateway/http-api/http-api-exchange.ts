import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../authorize/authorize-request.ts';
import type { Clock } from '../clock.ts';
import type { HttpApiRefusal } from './http-api-refusal.ts';
import type { HttpApiRoute, ServedHttpStage } from './http-api-route.ts';
import { drawRequestIds, type RequestIds } from '../request-ids.ts';

/** One request to an HTTP API and what is known of it so far; metrics and access logs are made of it. */
export interface HttpApiExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly ids: RequestIds;
  /** As clients, events and logs know it: 15 characters and `=`. */
  readonly requestId: string;
  /** As on the wire, a named stage included, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Monotonic. */
  readonly startedAtMs: number;
  /** Wall clock. */
  readonly receivedAtMs: number;
  /** Null where no stage takes the path: then nothing is counted or logged. */
  stage: ServedHttpStage | null;
  route: HttpApiRoute | null;
  caller: Caller | null;
  requestBodyBytes: number;
  integrationLatencyMs: number | null;
  /** Lambda's own: 200 when the function ran, whatever came of it. */
  lambdaStatus: number | null;
  /** The function's. */
  functionStatus: number | null;
  integrationErrorMessage: string | null;
  refusal: HttpApiRefusal | null;
}

/** What went back to the client. */
export interface HttpApiOutcome {
  readonly statusCode: number;
  readonly responseBodyBytes: number;
  readonly latencyMs: number;
}

/** A request that has just come in. */
export function beginHttpApiExchange(
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
): HttpApiExchange {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const receivedAtMs = clock.wallMs();
  const ids = drawRequestIds(request.headers['x-amzn-trace-id'] as string | undefined, receivedAtMs);
  return {
    request,
    response,
    ids,
    requestId: ids.extendedRequestId,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    startedAtMs: clock.monotonicMs(),
    receivedAtMs,
    stage: null,
    route: null,
    caller: null,
    requestBodyBytes: 0,
    integrationLatencyMs: null,
    lambdaStatus: null,
    functionStatus: null,
    integrationErrorMessage: null,
    refusal: null,
  };
}
