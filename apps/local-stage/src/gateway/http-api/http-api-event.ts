import type { IncomingMessage } from 'node:http';
import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import type { Caller } from '../authorize/authorize-request.ts';
import { buildEventV1 } from './http-api-event-v1.ts';
import { buildEventV2 } from './http-api-event-v2.ts';
import type { RequestIds } from '../request-ids.ts';

/** Everything an event of an HTTP API is made of. */
export interface HttpApiEventInput {
  readonly request: IncomingMessage;
  readonly stage: HttpStageModel;
  readonly accountId: string;
  readonly route: HttpRouteModel;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  /** As on the wire, a named stage included, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly body: Buffer | null;
  /** Of the request as clients and logs know it, `apigw-requestid`. */
  readonly requestId: string;
  readonly ids: RequestIds;
  /** Wall clock. */
  readonly receivedAtMs: number;
  /** Who signed; null where nobody had to. */
  readonly caller: Caller | null;
}

/** The event in the format that the route's integration asks for. */
export function buildHttpApiEvent(input: HttpApiEventInput): unknown {
  return input.route.payloadFormat === '2.0' ? buildEventV2(input) : buildEventV1(input);
}
