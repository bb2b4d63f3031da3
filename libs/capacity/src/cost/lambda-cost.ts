import { PRICES, type Architecture } from './prices.ts';

/** What started milliseconds add to a mean duration, ms, and how far from that the truth is at most: it is 0 to 1. */
const STARTED_MS = 0.5;
export const BILLED_ERROR_MS = 0.5;

/**
 * USD that Lambda takes for a million invocations: requests and GB-seconds (F72). A started millisecond is billed
 * whole, so the mean of what is billed lies above the mean duration by less than 1 ms: by half of one, which is taken,
 * where durations spread smoothly over milliseconds. At least 1 ms; no duration, 0 ms, costs nothing.
 * @param memorySize MB
 * @param durationMs mean duration of an invocation
 */
export function lambdaUsdPerMillion(
  memorySize: number,
  durationMs: number,
  architecture: Architecture = 'arm64',
): { readonly requests: number; readonly duration: number; readonly billedMs: number } {
  const billedMs = durationMs === 0 ? 0 : Math.max(1, durationMs + STARTED_MS);
  const gbSeconds = (memorySize / 1024) * (billedMs / 1000);
  return {
    requests: PRICES.lambda.usdPerMillionRequests,
    duration: 1e6 * gbSeconds * PRICES.lambda.usdPerGbSecond[architecture],
    billedMs,
  };
}
