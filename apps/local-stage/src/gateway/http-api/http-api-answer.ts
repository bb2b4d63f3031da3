import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import { renderAccessLog } from '../access-log/access-log.ts';
import type { Clock } from '../clock.ts';
import { httpApiContext } from './http-api-context.ts';
import type { HttpApiExchange, HttpApiOutcome } from './http-api-exchange.ts';
import { recordHttpApiMetrics } from './http-api-metrics.ts';
import type { HttpApiAnswer } from './http-api-refusal.ts';

/** Where an answer leaves its traces. */
export interface AnswerTraces {
  readonly recorder: MetricsRecorder;
  readonly clock: Clock;
  readonly accountId: string;
}

/** Writes the answer to the client, counts it, and writes the stage's access log. */
export function writeHttpApiAnswer(
  exchange: HttpApiExchange,
  answer: HttpApiAnswer,
  traces: AnswerTraces,
): void {
  const { response } = exchange;
  const isBodiless = answer.statusCode === 204 || answer.statusCode === 304;
  const outcome: HttpApiOutcome = {
    statusCode: answer.statusCode,
    responseBodyBytes: isBodiless || exchange.request.method === 'HEAD' ? 0 : answer.body.length,
    latencyMs: traces.clock.monotonicMs() - exchange.startedAtMs,
  };
  recordHttpApiMetrics(traces.recorder, exchange, outcome, traces.clock.wallMs());
  response.writeHead(answer.statusCode, [
    ...answer.headers,
    ...(isBodiless ? [] : ['Content-Length', String(answer.body.length)]),
    'Apigw-Requestid',
    exchange.requestId,
  ]);
  response.end(isBodiless ? undefined : answer.body);
  writeAccessLog(exchange, outcome, traces.accountId);
}

function writeAccessLog(exchange: HttpApiExchange, outcome: HttpApiOutcome, accountId: string): void {
  const sink = exchange.stage?.accessLog;
  const format = exchange.stage?.model.accessLog?.format;
  if (!sink || format === undefined) return;
  sink.write(renderAccessLog(format, httpApiContext(exchange, outcome, accountId)));
}
