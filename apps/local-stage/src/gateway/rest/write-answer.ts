import { renderAccessLog } from '../access-log/access-log.ts';
import type { AnswerParts } from '../gateway-parts.ts';
import { writeResponse, type Answer } from '../write-response.ts';
import type { Exchange } from './exchange.ts';
import { restContext, type Outcome } from './rest-context.ts';

/** Writes an answer, counts it and logs it. */
export function writeAnswer(exchange: Exchange, answer: Answer, parts: AnswerParts): void {
  const { response, ids, startedAtMs } = exchange;
  const bodyBytes = writeResponse(response, answer, [
    'x-amzn-RequestId',
    ids.requestId,
    'x-amz-apigw-id',
    ids.extendedRequestId,
    'X-Amzn-Trace-Id',
    ids.traceId,
  ]);
  const latencyMs = parts.clock.monotonicMs() - startedAtMs;
  count(exchange, answer.statusCode, latencyMs, parts.clock.wallMs());
  log(exchange, { statusCode: answer.statusCode, bodyBytes, latencyMs }, parts.accountId);
}

/** A client that left before its request was there: nothing is answered or counted, only logged (unverified). */
export function noteLeft(exchange: Exchange, { accountId, clock }: AnswerParts): void {
  const latencyMs = clock.monotonicMs() - exchange.startedAtMs;
  log(exchange, { statusCode: null, bodyBytes: 0, latencyMs }, accountId);
}

/** F60; a stage that does not exist has no metrics, a method has some where they are switched on. */
function count(
  { stage, match, integrationLatencyMs }: Exchange,
  statusCode: number,
  latencyMs: number,
  nowMs: number,
): void {
  if (!stage) return;
  const counted = { statusCode, latencyMs, integrationLatencyMs, dataBytes: 0 };
  stage.metrics.record(counted, nowMs);
  match?.target.metrics?.record(counted, nowMs);
}

function log(exchange: Exchange, outcome: Outcome, accountId: string): void {
  const { stage } = exchange;
  if (!stage?.accessLog || !stage.model.accessLog) return;
  const variables = restContext(exchange, outcome, accountId);
  stage.accessLog.write(renderAccessLog(stage.model.accessLog.format, variables));
}
