import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { GatewayResponseOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { ProblemResponse } from '@spillway/shared';

/**
 * Seconds, the soonest that a try can succeed: a bucket has refilled, or an execution environment is free again. One
 * constant for every bucket: of those that refill less often than once a second (a small stage's `/batch`, a small
 * client's) it says too little, and a client backs off further by itself, as ours does.
 */
const SOON_SECONDS = 1;
/** A quota may last a month: a client that asks every hour loses little and costs nobody. */
const QUOTA_SECONDS = 3600;

const busy: ProblemResponse = { message: 'The service is at its limit; try again after Retry-After' };

/** What the gateway answers on its own, where AWS's default leaves the client without an answer to "when?". */
const RESPONSES: Readonly<Record<string, GatewayResponseOptions>> = {
  Throttled: { type: ResponseType.THROTTLED, responseHeaders: retryAfter(SOON_SECONDS) },
  QuotaExceeded: { type: ResponseType.QUOTA_EXCEEDED, responseHeaders: retryAfter(QUOTA_SECONDS) },
  // Lambda refused the invocation; the default is a 500 that looks like a defect (F16, F21).
  IntegrationFailure: {
    type: ResponseType.INTEGRATION_FAILURE,
    statusCode: '503',
    responseHeaders: retryAfter(SOON_SECONDS),
    templates: { 'application/json': JSON.stringify(busy) },
  },
};

/** Adds them to an API. */
export function addGatewayResponses(api: RestApi): void {
  for (const [id, response] of Object.entries(RESPONSES)) api.addGatewayResponse(id, response);
}

/** A constant is written in quotes. */
function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': `'${seconds}'` };
}
