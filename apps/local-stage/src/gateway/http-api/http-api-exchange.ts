import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { HttpApiRefusal } from './http-api-refusal.ts';
import type { HttpApiRoute, ServedHttpStage } from './http-api-route.ts';
import type { ReceivedRequest } from '../received-request.ts';
import { drawRequestIds } from '../request-ids.ts';
import { splitTarget } from '../request-target.ts';

/** One request to an HTTP API and what is known of it so far; metrics and access logs are made of it. */
export interface HttpApiExchange extends ReceivedRequest {
  /** As clients, events and logs know it: 15 characters and `=`. */
  readonly requestId: string;
  /** Null where no stage takes the path: then nothing is counted or logged. */
  stage: ServedHttpStage | null;
  route: HttpApiRoute | null;
  requestBodyBytes: number;
  integrationErrorMessage: string | null;
  refusal: HttpApiRefusal | null;
}

/** What went back to the client. */
export interface HttpApiOutcome {
  /** Null when the client left before it was answered. */
  readonly statusCode: number | null;
  readonly responseBodyBytes: number;
  readonly latencyMs: number;
}

/** A request that has just come in. */
export function beginHttpApiExchange(
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
): HttpApiExchange {
  const { path, query } = splitTarget(request.url);
  const receivedAtMs = clock.wallMs();
  const ids = drawRequestIds(request.headers['x-amzn-trace-id'] as string | undefined, receivedAtMs);
  return {
    request,
    response,
    ids,
    requestId: ids.extendedRequestId,
    path,
    query,
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
