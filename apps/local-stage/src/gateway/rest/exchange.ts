import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiKeyModel } from '../../template/rest/usage-plan-model.ts';
import type { Caller } from '../authorize/authorize-request.ts';
import type { Clock } from '../clock.ts';
import type { GatewayFailure } from './gateway-response.ts';
import { drawRequestIds, type RequestIds } from '../request-ids.ts';
import type { RestRoute, ServedStage } from './rest-route.ts';
import type { RouteMatch } from './route-request.ts';

/** One request to a REST API and what is known of it so far; answers, metrics and access logs are made of it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly ids: RequestIds;
  /** The first segment of the path. */
  readonly stageName: string;
  /** Without the stage, beginning with `/`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Monotonic. */
  readonly startedAtMs: number;
  /** Wall clock. */
  readonly receivedAtMs: number;
  /** Null where the path names none: then nothing is counted or logged. */
  stage: ServedStage | null;
  match: RouteMatch<RestRoute> | null;
  /** Who signed. */
  caller: Caller | null;
  /** Only where the method asks for one. */
  apiKey: ApiKeyModel | null;
  integrationLatencyMs: number | null;
  /** Lambda's own: 200 when the function ran, whatever came of it. */
  lambdaStatus: number | null;
  /** The function's. */
  functionStatus: number | null;
  integrationError: string | null;
  /** Why the gateway answered by itself. */
  failure: GatewayFailure | null;
}

/** A request that has just come in. */
export function beginExchange(request: IncomingMessage, response: ServerResponse, clock: Clock): Exchange {
  const receivedAtMs = clock.wallMs();
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  const slash = whole.indexOf('/', 1);
  return {
    request,
    response,
    ids: drawRequestIds(request.headers['x-amzn-trace-id'] as string | undefined, receivedAtMs),
    stageName: slash < 0 ? whole.slice(1) : whole.slice(1, slash),
    path: slash < 0 ? '/' : whole.slice(slash),
    query: mark < 0 ? '' : url.slice(mark + 1),
    startedAtMs: clock.monotonicMs(),
    receivedAtMs,
    stage: null,
    match: null,
    caller: null,
    apiKey: null,
    integrationLatencyMs: null,
    lambdaStatus: null,
    functionStatus: null,
    integrationError: null,
    failure: null,
  };
}
