import type { AnswerParts } from '../gateway-parts.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayErrorKind } from './gateway-response.ts';
import type { InvocationOutcome } from '../integration.ts';
import { invokeWithin } from '../invoke-within.ts';
import { isOverInvokeLimit } from '../payload-size.ts';
import { buildProxyEvent } from './proxy-event.ts';
import { readProxyResponse } from './proxy-response.ts';
import { valuesOf } from './request-values.ts';
import type { RestRoute, ServedStage } from './rest-route.ts';
import type { Answer } from '../write-response.ts';

/** The route's answer to a request that was admitted, or why there is none; latency and statuses go to the exchange. */
export async function invokeRoute(
  exchange: Exchange,
  { model }: ServedStage,
  { method, integration, mock }: RestRoute,
  body: Buffer | null,
  { accountId, clock }: AnswerParts,
): Promise<Answer | GatewayErrorKind> {
  if (mock) return answerMock(mock, exchange, body, accountId);
  if (!integration) return 'not-played';
  const { request, ids } = exchange;
  const pathParameters = exchange.match?.pathParameters ?? null;
  const event = buildProxyEvent(exchange, { stage: model, accountId, method, pathParameters, body });
  if (isOverInvokeLimit(event, body)) return 'payload-too-large';
  const invokedAtMs = clock.monotonicMs();
  const outcome = await invokeWithin(method.integrationTimeoutMs, integration, event, ids);
  exchange.integrationLatencyMs = clock.monotonicMs() - invokedAtMs;
  note(exchange, outcome);
  const refusal = refusalOf(outcome);
  if (refusal) return refusal;
  const answer = readProxyResponse((outcome as { payload: unknown }).payload, {
    binaryMediaTypes: model.binaryMediaTypes,
    accept: request.headers.accept,
  });
  exchange.functionStatus = answer?.statusCode ?? null;
  return answer ?? 'malformed-response';
}

function answerMock(
  mock: NonNullable<RestRoute['mock']>,
  exchange: Exchange,
  body: Buffer | null,
  accountId: string,
): Answer | GatewayErrorKind {
  try {
    return mock(exchange, body, valuesOf(exchange, accountId));
  } catch {
    // A template that its engine can't run: the template's mistake, which AWS answers by 500 too.
    return 'mock-failed';
  }
}

/** Lambda answers 200 to whatever ran, 429 to what it refused. */
function note(exchange: Exchange, outcome: InvocationOutcome | 'integration-timeout'): void {
  if (outcome === 'integration-timeout') {
    exchange.integrationError = 'Execution failed due to a timeout error';
    return;
  }
  exchange.lambdaStatus = outcome.kind === 'throttled' ? 429 : 200;
  if (outcome.kind === 'threw') exchange.integrationError = outcome.errorMessage;
  else if (outcome.kind !== 'returned') exchange.integrationError = `Lambda invocation ${outcome.kind}`;
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
