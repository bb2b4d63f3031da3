import { answerRoute, type Answer } from './answer-route.ts';
import type { EntryStore } from './entry-store.ts';
import { respondToDefect, type HttpResponse } from './http-response.ts';
import { parseEvent, type GatewayRequest } from './parse-event.ts';
import { describeDefect } from './trouble.ts';

/** What a request needs; made once for each execution environment. */
export interface Parts {
  readonly store: EntryStore;
  readonly logger: Log;
  readonly metrics: Counters;
}

/** Log lines of one function. */
export interface Log {
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
  error(message: string, facts: Readonly<Record<string, unknown>>): void;
}

/** Counters that are written out together, in one line for each request. */
export interface Counters {
  addMetric(name: string, unit: 'Count', value: number): unknown;
  publishStoredMetrics(): void;
}

/** The part of Lambda's context that is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
  /** Until the function's timeout. */
  getRemainingTimeInMillis(): number;
}

/**
 * Proxy event in, proxy response out; never rejects. Writes one metrics line for each request, and log lines
 * only where something went wrong: at 0.50 USD per GB (F75) a line for every request would be dear.
 */
export function createRequestHandler({ store, logger, metrics }: Parts) {
  return async (event: unknown, context: InvocationContext): Promise<HttpResponse> => {
    let request: GatewayRequest | undefined;
    let answer: Answer;
    try {
      request = parseEvent(event);
      answer = await answerRoute(request, store, () => context.getRemainingTimeInMillis());
    } catch (error) {
      const counts = { RequestFailed: 1 };
      answer = { response: respondToDefect(), counts, troubles: [describeDefect(error)] };
    }
    const ids = { requestId: context.awsRequestId, gatewayRequestId: request?.gatewayRequestId };
    for (const { level, message, facts } of answer.troubles) logger[level](message, { ...ids, ...facts });
    for (const [name, count] of Object.entries(answer.counts)) metrics.addMetric(name, 'Count', count);
    metrics.publishStoredMetrics();
    return answer.response;
  };
}
