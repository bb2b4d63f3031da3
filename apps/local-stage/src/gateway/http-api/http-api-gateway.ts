import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenBucket } from '@spillway/throttle';
import { admitRequest } from '../admit-request.ts';
import { noteLeft, writeHttpApiAnswer } from './http-api-answer.ts';
import { authorizeHttpApi } from './http-api-authorize.ts';
import { isPreflight, preflightHeaders, replaceCorsHeaders } from './http-api-cors.ts';
import { buildHttpApiEvent } from './http-api-event.ts';
import { beginHttpApiExchange, type HttpApiExchange } from './http-api-exchange.ts';
import { readInvocation } from './http-api-outcome.ts';
import { HTTP_API_REFUSALS, type HttpApiRefusal } from './http-api-refusal.ts';
import type { HttpApiRoute, ServedHttpStage } from './http-api-route.ts';
import { invokeWithin } from '../invoke-within.ts';
import { isOverInvokeLimit } from '../payload-size.ts';
import { readBody } from '../front/read-body.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { methodArn } from '../method-arn.ts';
import type { Answer } from '../write-response.ts';
import type { RouteMatch } from '../route-table.ts';
import type { ServedApi } from '../front/served-api.ts';

type Match = RouteMatch<HttpApiRoute>;

/** An HTTP API's way with a request: stage → preflight → route → authorize → admit → read → invoke → answer. */
export class HttpApiGateway implements ServedApi {
  readonly isRequestLineAHeader = true;
  readonly #parts: GatewayParts<ServedHttpStage>;

  constructor(parts: GatewayParts<ServedHttpStage>) {
    this.#parts = parts;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = beginHttpApiExchange(request, response, this.#parts.clock);
    const { stage, path } = findStage(this.#parts.stages, exchange.path);
    if (!stage) return this.#refuse(exchange, 'not-found');
    exchange.stage = stage;
    const match = stage.routes.match(request.method ?? 'GET', path);
    // A route that wants a signature wants it of the preflight too, as AWS documents it for `$default`.
    if (stage.model.cors && isPreflight(request) && !isGuarded(match)) {
      return this.#answerPreflight(exchange, preflightHeaders(stage.model.cors, request.headers.origin));
    }
    if (!match) return this.#refuse(exchange, 'not-found');
    exchange.route = match.target;
    const { authorizationType } = match.target.model;
    if (authorizationType === 'NOT_PLAYED') return this.#refuse(exchange, 'not-played');
    if (authorizationType === 'AWS_IAM') return this.#serveSigned(exchange, stage, match, path);
    if (!this.#admits(exchange, match.target.bucket)) return this.#refuse(exchange, 'throttled');
    // The body is read after admission: a throttled client is answered before it has sent it.
    const body = await readBody(request);
    if (body === 'broken') return noteLeft(exchange, this.#parts);
    if (body === 'too-large') return this.#refuse(exchange, 'body-too-large');
    return this.#invoke(exchange, stage, match, body);
  }

  async #serveSigned(
    exchange: HttpApiExchange,
    stage: ServedHttpStage,
    match: Match,
    path: string,
  ): Promise<void> {
    const { apiId, stageName } = stage.model;
    const httpMethod = exchange.request.method ?? 'GET';
    const arn = methodArn(this.#parts, { apiId, stageName, httpMethod, path });
    const guard = await authorizeHttpApi(exchange, this.#parts.authorizer, arn);
    if (guard.kind === 'broken') return noteLeft(exchange, this.#parts);
    if (guard.kind === 'refused') return this.#refuse(exchange, guard.refusal);
    exchange.caller = guard.caller;
    if (!this.#admits(exchange, match.target.bucket)) return this.#refuse(exchange, 'throttled');
    return this.#invoke(exchange, stage, match, guard.body);
  }

  async #invoke(
    exchange: HttpApiExchange,
    stage: ServedHttpStage,
    { target: { model: route, integration }, pathParameters }: Match,
    body: Buffer | null,
  ): Promise<void> {
    if (!integration) return this.#refuse(exchange, 'not-played');
    const { clock, accountId } = this.#parts;
    exchange.requestBodyBytes = body?.length ?? 0;
    const event = buildHttpApiEvent({ exchange, stage: stage.model, route, accountId, pathParameters, body });
    if (isOverInvokeLimit(event, body)) return this.#refuse(exchange, 'payload-too-large');
    const invokedAtMs = clock.monotonicMs();
    const outcome = await invokeWithin(route.integrationTimeoutMs, integration, event, exchange.ids);
    exchange.integrationLatencyMs = clock.monotonicMs() - invokedAtMs;
    const { answer, lambdaStatus, errorMessage } = readInvocation(outcome, route.payloadFormat);
    exchange.lambdaStatus = lambdaStatus;
    exchange.integrationErrorMessage = errorMessage;
    if (typeof answer === 'string') return this.#refuse(exchange, answer);
    exchange.functionStatus = answer.statusCode;
    this.#answer(exchange, answer);
  }

  /** An integration's answer gets the API's CORS headers, failed or not; a refusal before it does not (unverified). */
  #answer(exchange: HttpApiExchange, answer: Answer): void {
    const cors = exchange.stage?.model.cors;
    const { origin } = exchange.request.headers;
    const headers = cors ? replaceCorsHeaders(answer.headers, cors, origin) : answer.headers;
    writeHttpApiAnswer(exchange, { ...answer, headers }, this.#parts);
  }

  #answerPreflight(exchange: HttpApiExchange, headers: readonly string[]): void {
    const isAdmitted = this.#parts.accountBucket.admit(exchange.startedAtMs) === 'admitted';
    if (!isAdmitted) return this.#refuse(exchange, 'throttled');
    writeHttpApiAnswer(exchange, { statusCode: 204, headers, body: '' }, this.#parts);
  }

  #refuse(exchange: HttpApiExchange, refusal: HttpApiRefusal): void {
    exchange.refusal = refusal;
    const answer = HTTP_API_REFUSALS[refusal];
    if (exchange.integrationLatencyMs === null) writeHttpApiAnswer(exchange, answer, this.#parts);
    else this.#answer(exchange, answer);
  }

  #admits(exchange: HttpApiExchange, routeBucket: TokenBucket): boolean {
    return admitRequest(routeBucket, this.#parts.accountBucket, exchange.startedAtMs);
  }
}

function isGuarded(match: Match | null): boolean {
  return match !== null && match.target.model.authorizationType !== 'NONE';
}

/** A named stage takes the path's first segment; what no name takes is the `$default` stage's, whole. */
function findStage(
  stages: ReadonlyMap<string, ServedHttpStage>,
  path: string,
): { readonly stage: ServedHttpStage | undefined; readonly path: string } {
  const slash = path.indexOf('/', 1);
  const name = path.slice(1, slash < 0 ? undefined : slash);
  const named = name === '$default' ? undefined : stages.get(name);
  if (named) return { stage: named, path: slash < 0 ? '/' : path.slice(slash) };
  return { stage: stages.get('$default'), path };
}
