import { responseStatuses } from '@spillway/shared';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';
import { respondToError, respondToOutcome, type HttpResponse } from './http-response.ts';
import { ingest } from './ingest.ts';
import { parseEvent, type GatewayRequest } from './parse-event.ts';

/** What a request needs; made once for each execution environment. */
export interface Parts {
  readonly store: EntryStore;
  readonly logger: Log;
  readonly metrics: Counters;
}

/** Log lines of one function; Powertools' Logger is one. */
export interface Log {
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
  error(message: string, facts: Readonly<Record<string, unknown>>): void;
}

/** Counters that are written out together; Powertools' Metrics are. */
export interface Counters {
  addMetric(name: string, unit: 'Count', value: number): unknown;
  publishStoredMetrics(): void;
}

/** The part of Lambda's context that is used. */
export interface InvocationContext {
  readonly awsRequestId: string;
}

/** One metric for each answer: together they count the requests. */
const metricOf: Readonly<Record<HttpResponse['statusCode'], string>> = {
  [responseStatuses.accepted]: 'EntryAccepted',
  [responseStatuses.conflict]: 'EntryConflict',
  [responseStatuses.invalid]: 'EntryInvalid',
  [responseStatuses.tooLarge]: 'EntryTooLarge',
  [responseStatuses.unavailable]: 'StoreUnavailable',
  [responseStatuses.failed]: 'RequestFailed',
};

/**
 * Proxy event in, proxy response out; never rejects. Writes one metrics line for each request, and a log line
 * only where something went wrong: at 0.50 USD per GB (F75) a line for every request would be dear.
 */
export function createRequestHandler({ store, logger, metrics }: Parts) {
  return async (event: unknown, context: InvocationContext): Promise<HttpResponse> => {
    let request: GatewayRequest | undefined;
    let response: HttpResponse;
    try {
      request = parseEvent(event);
      response = await answer(request, store);
    } catch (error) {
      response = respondToError(error);
      const ids = { requestId: context.awsRequestId, gatewayRequestId: request?.gatewayRequestId };
      if (error instanceof StoreUnavailableError)
        logger.warn(error.message, { ...ids, reason: error.reason });
      else logger.error('request failed', { ...ids, error: toError(error) });
    }
    metrics.addMetric(metricOf[response.statusCode], 'Count', 1);
    metrics.publishStoredMetrics();
    return response;
  };
}

async function answer({ body }: GatewayRequest, store: EntryStore): Promise<HttpResponse> {
  if (body.ok) return respondToOutcome(await ingest(body.text, store));
  const issues = [{ path: '$', message: body.message }];
  return respondToOutcome({
    kind: 'refused',
    refusal: { ok: false, reason: 'invalid', issues, isCut: false },
  });
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
}
