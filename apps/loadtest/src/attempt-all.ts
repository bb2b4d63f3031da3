type Work = () => Promise<unknown>;

/**
 * Does one after the other, each whether or not another could be done.
 * @returns reasons of those that could not, in their order
 */
export async function attemptAll(works: readonly Work[]): Promise<readonly unknown[]> {
  const reasons: unknown[] = [];
  for (const work of works) await work().catch((reason: unknown) => reasons.push(reason));
  return reasons;
}

/**
 * The same, for whoever has nothing to do about a failure.
 * @throws the only reason, or all of them with the first one's message first
 */
export async function doAll(works: readonly Work[]): Promise<void> {
  const reasons = await attemptAll(works);
  if (reasons.length > 1) throw new AggregateError(reasons, tellAll(reasons));
  if (reasons.length === 1) throw reasons[0];
}

/** Messages in a row. */
export function tellAll(reasons: readonly unknown[]): string {
  return reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; ');
}
