import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenBucket } from '@spillway/throttle';
import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import { admitRequest } from './admit-request.ts';
import type { Clock } from '../clock.ts';
import { GATEWAY_RESPONSES, type GatewayErrorKind } from './gateway-response.ts';
import type { InvocationOutcome } from '../integration.ts';
import { invokeWithin } from '../invoke-within.ts';
import { isOverInvokeLimit } from '../payload-size.ts';
import { buildProxyEvent } from './proxy-event.ts';
import { readProxyResponse, type ProxyResponse } from './proxy-response.ts';
import { readBody } from '../front/read-body.ts';
import { drawRequestIds, type RequestIds } from '../request-ids.ts';
import type { RestRoute, ServedStage } from './rest-route.ts';
import type { RouteMatch } from './route-request.ts';

/** What the gateway works with. */
export interface RestGatewayParts {
  /** By stage name: the first segment of a request's path. */
  readonly stages: ReadonlyMap<string, ServedStage>;
  /** F2: shared by everything in the account. */
  readonly accountBucket: TokenBucket;
  readonly accountId: string;
  readonly recorder: MetricsRecorder;
  readonly clock: Clock;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly ids: RequestIds;
  readonly startedAtMs: number;
  readonly receivedAtMs: number;
  stage: ServedStage | null;
  integrationLatencyMs: number | null;
}

const NAMESPACE = 'AWS/ApiGateway';

/** A REST API's way with a request: route → admit → read → invoke → answer. */
export class RestGateway {
  readonly #parts: RestGatewayParts;

  constructor(parts: RestGatewayParts) {
    this.#parts = parts;
  }

  /** Serves one request to its end; never rejects on the client's account. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, stages, accountBucket } = this.#parts;
    const receivedAtMs = clock.wallMs();
    const exchange: Exchange = {
      request,
      response,
      ids: drawRequestIds(request.headers['x-amzn-trace-id'] as string | undefined, receivedAtMs),
      startedAtMs: clock.monotonicMs(),
      receivedAtMs,
      stage: null,
      integrationLatencyMs: null,
    };
    const target = splitTarget(request.url ?? '/');
    const stage = stages.get(target.stageName);
    if (!stage) return this.#refuse(exchange, 'missing-authentication-token');
    exchange.stage = stage;
    const match = stage.routes.match(request.method ?? 'GET', target.path);
    if (!match) return this.#refuse(exchange, 'missing-authentication-token');
    // The body is read after admission: a throttled client is answered before it has sent it.
    if (!admitRequest(match.target.bucket, accountBucket, exchange.startedAtMs)) {
      return this.#refuse(exchange, 'throttled');
    }
    const body = await readBody(request);
    if (body === 'broken') return;
    if (body === 'too-large') return this.#refuse(exchange, 'body-too-large');
    return this.#invoke(exchange, stage, match, target, body);
  }

  async #invoke(
    exchange: Exchange,
    stage: ServedStage,
    { target: route, pathParameters }: RouteMatch<RestRoute>,
    { path, query }: RequestTarget,
    body: Buffer | null,
  ): Promise<void> {
    const { request, ids, receivedAtMs } = exchange;
    if (!route.integration) return this.#refuse(exchange, 'not-played');
    const event = buildProxyEvent({
      request,
      stage: stage.model,
      accountId: this.#parts.accountId,
      method: route.method,
      pathParameters,
      path,
      query,
      body,
      ids,
      receivedAtMs,
    });
    if (isOverInvokeLimit(event, body)) return this.#refuse(exchange, 'payload-too-large');
    const invokedAtMs = this.#parts.clock.monotonicMs();
    const outcome = await invokeWithin(route.method.integrationTimeoutMs, route.integration, event, ids);
    exchange.integrationLatencyMs = this.#parts.clock.monotonicMs() - invokedAtMs;
    const refusal = refusalOf(outcome);
    if (refusal) return this.#refuse(exchange, refusal);
    const answer = readProxyResponse((outcome as { payload: unknown }).payload, {
      binaryMediaTypes: stage.model.binaryMediaTypes,
      accept: request.headers.accept,
    });
    if (!answer) return this.#refuse(exchange, 'malformed-response');
    this.#write(exchange, answer, ['Content-Length', String(answer.body.length)]);
  }

  #refuse(exchange: Exchange, kind: GatewayErrorKind): void {
    this.#write(exchange, GATEWAY_RESPONSES[kind], []);
  }

  #write(exchange: Exchange, answer: ProxyResponse, extraHeaders: readonly string[]): void {
    const { response, ids } = exchange;
    this.#record(exchange, answer.statusCode);
    const isBodiless = answer.statusCode === 204 || answer.statusCode === 304;
    response.writeHead(answer.statusCode, [
      ...answer.headers,
      ...(isBodiless ? [] : extraHeaders),
      'x-amzn-RequestId',
      ids.requestId,
      'x-amz-apigw-id',
      ids.extendedRequestId,
      'X-Amzn-Trace-Id',
      ids.traceId,
    ]);
    response.end(isBodiless ? undefined : answer.body);
  }

  /** F60; a stage that does not exist has no metrics. */
  #record({ stage, startedAtMs, integrationLatencyMs }: Exchange, statusCode: number): void {
    if (!stage) return;
    const { recorder, clock } = this.#parts;
    const { dimensions } = stage;
    const nowMs = clock.wallMs();
    recorder.record(NAMESPACE, 'Count', dimensions, 1, nowMs);
    recorder.record(NAMESPACE, '4XXError', dimensions, statusCode >= 400 && statusCode < 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, '5XXError', dimensions, statusCode >= 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, 'Latency', dimensions, clock.monotonicMs() - startedAtMs, nowMs);
    if (integrationLatencyMs !== null) {
      recorder.record(NAMESPACE, 'IntegrationLatency', dimensions, integrationLatencyMs, nowMs);
    }
  }
}

interface RequestTarget {
  readonly stageName: string;
  readonly path: string;
  readonly query: string;
}

/** `/prod/entries?a=b` → `prod`, `/entries`, `a=b`. */
function splitTarget(url: string): RequestTarget {
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const slash = whole.indexOf('/', 1);
  if (slash < 0) return { stageName: whole.slice(1), path: '/', query };
  return { stageName: whole.slice(1, slash), path: whole.slice(slash), query };
}

function refusalOf(outcome: InvocationOutcome | 'integration-timeout'): GatewayErrorKind | null {
  if (outcome === 'integration-timeout') return 'integration-timeout';
  switch (outcome.kind) {
    case 'returned':
      return null;
    case 'throttled':
      return outcome.by === 'host' ? 'host-full' : 'function-throttled';
    case 'threw':
    case 'crashed':
    case 'timed-out':
      return 'function-failed';
  }
}
