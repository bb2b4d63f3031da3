import { PRICES, type Architecture } from './prices.ts';

/**
 * USD that Lambda takes for a million invocations: requests and GB-seconds (F72). A started millisecond is billed
 * whole, so the mean is rounded up: the mean of the rounded durations is in the same millisecond.
 * @param memorySize MB
 * @param durationMs mean duration of an invocation
 */
export function lambdaUsdPerMillion(
  memorySize: number,
  durationMs: number,
  architecture: Architecture = 'arm64',
): { readonly requests: number; readonly duration: number; readonly billedMs: number } {
  const billedMs = Math.ceil(durationMs);
  const gbSeconds = (memorySize / 1024) * (billedMs / 1000);
  return {
    requests: PRICES.lambda.usdPerMillionRequests,
    duration: 1e6 * gbSeconds * PRICES.lambda.usdPerGbSecond[architecture],
    billedMs,
  };
}
