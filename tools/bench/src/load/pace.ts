/**
 * How many requests are due at an instant of an open loop: request k is due k gaps after the start, so a late sender
 * catches up at once and never stretches the schedule.
 * @param elapsedMs since the start
 * @returns between 0 and the schedule's length
 */
export function dueBy(elapsedMs: number, ratePerSecond: number, durationMs: number): number {
  if (elapsedMs < 0) return 0;
  const all = Math.ceil((durationMs * ratePerSecond) / 1000);
  // The epsilon keeps a request that is due exactly now from slipping to the next look.
  return Math.min(all, Math.floor((elapsedMs * ratePerSecond) / 1000 + 1e-9) + 1);
}

/** Intended instant of request `sequence`, ms from the start. */
export function dueAtMs(sequence: number, ratePerSecond: number): number {
  return (sequence * 1000) / ratePerSecond;
}
