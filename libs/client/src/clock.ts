/** Time as the client needs it, so that its tests need none. */
export interface Clock {
  /** Never runs backwards; ms since any instant. Deadlines are measured with it. */
  monotonicMs(): number;
  /** Date and time, ms since 1970. Signatures and dates in `Retry-After` need it. */
  dateMs(): number;
  /**
   * Calls back once, later.
   * @returns what takes it back
   */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** The clock of the browser or of Node. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  dateMs: () => Date.now(),
  schedule: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
