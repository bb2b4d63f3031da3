import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiKeyModel } from '../../template/rest/usage-plan-model.ts';
import type { Clock } from '../clock.ts';
import type { GatewayFailure } from './gateway-response.ts';
import type { ReceivedRequest } from '../received-request.ts';
import { drawRequestIds } from '../request-ids.ts';
import { splitTarget } from '../request-target.ts';
import type { RouteMatch } from '../route-table.ts';
import type { RestRoute, ServedStage } from './rest-route.ts';

/** One request to a REST API and what is known of it so far; answers, metrics and access logs are made of it. */
export interface Exchange extends ReceivedRequest {
  /** The first segment of the path. */
  readonly stageName: string;
  /** Null where the path names none: then nothing is counted or logged. */
  stage: ServedStage | null;
  match: RouteMatch<RestRoute> | null;
  /** Only where the method asks for one. */
  apiKey: ApiKeyModel | null;
  integrationError: string | null;
  /** Why the gateway answered by itself. */
  failure: GatewayFailure | null;
}

/** A request that has just come in. */
export function beginExchange(request: IncomingMessage, response: ServerResponse, clock: Clock): Exchange {
  const receivedAtMs = clock.wallMs();
  const { path: whole, query } = splitTarget(request.url);
  const slash = whole.indexOf('/', 1);
  return {
    request,
    response,
    ids: drawRequestIds(request.headers['x-amzn-trace-id'] as string | undefined, receivedAtMs),
    stageName: slash < 0 ? whole.slice(1) : whole.slice(1, slash),
    path: slash < 0 ? '/' : whole.slice(slash),
    query,
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
