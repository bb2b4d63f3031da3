import type { IncomingMessage, ServerResponse } from 'node:http';
import { admitExchange } from './admit-exchange.ts';
import { authorizeExchange, failureOfUnknownRoute } from './authorize-exchange.ts';
import { beginExchange, type Exchange } from './exchange.ts';
import { GATEWAY_FAILURES, type GatewayErrorKind, type GatewayFailure } from './gateway-response.ts';
import { invokeRoute } from './invoke-route.ts';
import type { ValueSource } from './mapped-value.ts';
import { readBody } from '../front/read-body.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { valuesOf } from './request-values.ts';
import type { RestRoute, ServedStage } from './rest-route.ts';
import type { ServedApi } from '../front/served-api.ts';
import { noteLeft, writeAnswer } from './write-answer.ts';

/** A REST API's way with a request: route → authorize → admit → read → validate → integrate → answer. */
export class RestGateway implements ServedApi {
  readonly #parts: GatewayParts<ServedStage>;

  constructor(parts: GatewayParts<ServedStage>) {
    this.#parts = parts;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = beginExchange(request, response, this.#parts.clock);
    const stage = this.#parts.stages.get(exchange.stageName);
    if (!stage) return this.#refuse(exchange, 'unknown-stage');
    exchange.stage = stage;
    exchange.match = stage.routes.match(request.method ?? 'GET', exchange.path);
    if (!exchange.match) return this.#fail(exchange, failureOfUnknownRoute(request));
    return this.#serveRoute(exchange, stage, exchange.match.target);
  }

  async #serveRoute(exchange: Exchange, stage: ServedStage, route: RestRoute): Promise<void> {
    const { accountBucket, authorizer } = this.#parts;
    const { resourcePolicy } = stage.model;
    const guard = authorizeExchange(exchange, route.method, resourcePolicy, authorizer, this.#parts);
    // Nothing is waited for where nothing is asked.
    const authorization = guard instanceof Promise ? await guard : guard;
    if (authorization.kind === 'broken') return noteLeft(exchange, this.#parts);
    if (authorization.kind === 'refused') return this.#fail(exchange, authorization.failure);
    const refusal = admitExchange(exchange, route, accountBucket);
    if (refusal) return this.#refuse(exchange, refusal);
    // An unsigned request's body is read after admission: a throttled client is answered before it has sent it.
    const body = authorization.body === undefined ? await readBody(exchange.request) : authorization.body;
    if (body === 'broken') return noteLeft(exchange, this.#parts);
    if (body === 'too-large') return this.#refuse(exchange, 'body-too-large');
    const invalid = route.validate?.(exchange, body);
    if (invalid) return this.#fail(exchange, invalid);
    const answer = await invokeRoute(exchange, stage, route, body, this.#parts);
    if (typeof answer === 'string') return this.#refuse(exchange, answer);
    writeAnswer(exchange, answer, this.#parts);
  }

  #refuse(exchange: Exchange, kind: GatewayErrorKind): void {
    this.#fail(exchange, GATEWAY_FAILURES[kind]);
  }

  #fail(exchange: Exchange, failure: GatewayFailure): void {
    exchange.failure = failure;
    const values = (): ValueSource => valuesOf(exchange, this.#parts.accountId);
    const { accept } = exchange.request.headers;
    const answer = exchange.stage?.gatewayResponses?.answerTo(failure, values, accept) ?? failure.response;
    writeAnswer(exchange, answer, this.#parts);
  }
}
