import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import { renderAccessLog } from '../access-log/access-log.ts';
import type { Clock } from '../clock.ts';
import type { Exchange } from './exchange.ts';
import type { ProxyResponse } from './proxy-response.ts';
import { restContext } from './rest-context.ts';

/** Where answers leave their traces. */
export interface AnswerTraces {
  readonly accountId: string;
  readonly recorder: MetricsRecorder;
  readonly clock: Clock;
}

const NAMESPACE = 'AWS/ApiGateway';

/**
 * Writes an answer, records it and logs it.
 * @param extraHeaders such as a content length, left out where the status allows no body
 */
export function writeAnswer(
  exchange: Exchange,
  answer: ProxyResponse,
  extraHeaders: readonly string[],
  traces: AnswerTraces,
): void {
  const { response, ids } = exchange;
  const isBodiless = answer.statusCode === 204 || answer.statusCode === 304;
  record(exchange, answer.statusCode, traces);
  log(exchange, answer.statusCode, isBodiless ? 0 : answer.body.length, traces);
  response.writeHead(answer.statusCode, [
    ...(isBodiless ? withoutLength(answer.headers) : answer.headers),
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

/** A client that left before its request was there: nothing is answered or counted, only logged (unverified). */
export function noteLeft(exchange: Exchange, traces: AnswerTraces): void {
  log(exchange, null, 0, traces);
}

/** F60; a stage that does not exist has no metrics, a method has some where they are switched on. */
function record(
  { stage, match, startedAtMs, integrationLatencyMs }: Exchange,
  statusCode: number,
  { recorder, clock }: AnswerTraces,
): void {
  if (!stage) return;
  const nowMs = clock.wallMs();
  const latencyMs = clock.monotonicMs() - startedAtMs;
  const recordOf = (dimensions: Readonly<Record<string, string>>): void => {
    recorder.record(NAMESPACE, 'Count', dimensions, 1, nowMs);
    recorder.record(NAMESPACE, '4XXError', dimensions, statusCode >= 400 && statusCode < 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, '5XXError', dimensions, statusCode >= 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, 'Latency', dimensions, latencyMs, nowMs);
    if (integrationLatencyMs !== null) {
      recorder.record(NAMESPACE, 'IntegrationLatency', dimensions, integrationLatencyMs, nowMs);
    }
  };
  recordOf(stage.dimensions);
  const ofMethod = match?.target.dimensions;
  if (ofMethod) recordOf(ofMethod);
}

function log(
  exchange: Exchange,
  statusCode: number | null,
  bodyBytes: number,
  { clock, accountId }: AnswerTraces,
): void {
  const { stage, startedAtMs } = exchange;
  if (!stage?.accessLog || !stage.model.accessLog) return;
  const outcome = { statusCode, bodyBytes, latencyMs: clock.monotonicMs() - startedAtMs };
  const variables = restContext(exchange, outcome, accountId);
  stage.accessLog.write(renderAccessLog(stage.model.accessLog.format, variables));
}

/** A gateway response that was given such a status has its length with it. */
function withoutLength(headers: readonly string[]): readonly string[] {
  return headers.filter((_, index) => headers[index - (index % 2)] !== 'Content-Length');
}
