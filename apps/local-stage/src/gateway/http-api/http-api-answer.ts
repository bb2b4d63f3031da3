import { renderAccessLog } from '../access-log/access-log.ts';
import type { AnswerParts } from '../gateway-parts.ts';
import { writeResponse, type Answer } from '../write-response.ts';
import { httpApiContext } from './http-api-context.ts';
import type { HttpApiExchange, HttpApiOutcome } from './http-api-exchange.ts';

/** Writes the answer to the client, counts it, and writes the stage's access log. */
export function writeHttpApiAnswer(exchange: HttpApiExchange, answer: Answer, parts: AnswerParts): void {
  const { response, requestId, startedAtMs } = exchange;
  const { statusCode } = answer;
  const responseBodyBytes = writeResponse(response, answer, ['Apigw-Requestid', requestId]);
  const latencyMs = parts.clock.monotonicMs() - startedAtMs;
  const outcome = { statusCode, responseBodyBytes, latencyMs };
  count(exchange, outcome, parts.clock.wallMs());
  log(exchange, outcome, parts.accountId);
}

/** A client that left before its request was there: nothing is answered or counted, only logged (unverified). */
export function noteLeft(exchange: HttpApiExchange, { accountId, clock }: AnswerParts): void {
  const latencyMs = clock.monotonicMs() - exchange.startedAtMs;
  log(exchange, { statusCode: null, responseBodyBytes: 0, latencyMs }, accountId);
}

/**
 * By the stage, and by the route where that has detailed metrics (F61). A request to no stage has none. What
 * `DataProcessed` adds up is unverified: here the bytes of both bodies.
 */
function count(
  { stage, route, requestBodyBytes, integrationLatencyMs }: HttpApiExchange,
  { statusCode, responseBodyBytes, latencyMs }: HttpApiOutcome & { readonly statusCode: number },
  nowMs: number,
): void {
  if (!stage) return;
  const dataBytes = requestBodyBytes + responseBodyBytes;
  const counted = { statusCode, latencyMs, integrationLatencyMs, dataBytes };
  stage.metrics.record(counted, nowMs);
  if (!route || !stage.throttle.isDetailed(route.model.routeKey)) return;
  for (const metrics of route.metrics) metrics.record(counted, nowMs);
}

function log(exchange: HttpApiExchange, outcome: HttpApiOutcome, accountId: string): void {
  const sink = exchange.stage?.accessLog;
  const format = exchange.stage?.model.accessLog?.format;
  if (!sink || format === undefined) return;
  sink.write(renderAccessLog(format, httpApiContext(exchange, outcome, accountId)));
}
