import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import { buildEventV1 } from './http-api-event-v1.ts';
import { buildEventV2 } from './http-api-event-v2.ts';
import type { HttpApiExchange } from './http-api-exchange.ts';

/** The part of an exchange that its event tells. */
export type RequestOfEvent = Pick<
  HttpApiExchange,
  'request' | 'ids' | 'requestId' | 'path' | 'query' | 'receivedAtMs' | 'caller'
>;

/** Everything an event of an HTTP API is made of. */
export interface HttpApiEventInput {
  readonly exchange: RequestOfEvent;
  readonly stage: HttpStageModel;
  readonly accountId: string;
  readonly route: HttpRouteModel;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
}

/** The event in the format that the route's integration asks for. */
export function buildHttpApiEvent(input: HttpApiEventInput): unknown {
  return input.route.payloadFormat === '2.0' ? buildEventV2(input) : buildEventV1(input);
}
