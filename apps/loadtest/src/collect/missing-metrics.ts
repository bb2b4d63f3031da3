/** What a run knows that the stage's metrics must come to, at the least. */
export interface ExpectedCounts {
  /** Requests that the gateway answered. */
  readonly gatewayRequests: number;
  /** Entries that were acknowledged, each by an invocation that wrote. */
  readonly invocations: number;
}

/** Sums of the same metrics, so far. */
export type SeenCounts = ExpectedCounts;

const NAMES: Record<keyof ExpectedCounts, string> = {
  gatewayRequests: 'gateway requests',
  invocations: 'function invocations',
};

/**
 * What the metrics lack still, each in a few words; empty where they agree. Others' requests are in the sums as well, so
 * that enough is not yet all: whoever asks waits until the sums stand still, too.
 */
export function missingMetrics(expected: ExpectedCounts, seen: SeenCounts): readonly string[] {
  const keys = Object.keys(NAMES) as (keyof ExpectedCounts)[];
  return keys
    .filter((key) => seen[key] < expected[key])
    .map((key) => `${NAMES[key]} ${seen[key]} of ${expected[key]}`);
}
