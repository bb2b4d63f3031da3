/**
 * What became of a request. Throttled (429) and failed (5xx) are never summed: one is policy, the other damage.
 * `timeout` and `connection-error` are unknown to the client: the entry may be stored or not.
 */
export const outcomes = [
  'acknowledged',
  'refused',
  'throttled',
  'failed',
  'timeout',
  'connection-error',
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * The answers of one step, a column a fact; row i is the i-th request in order of intended instant.
 * Times are ms; `intendedMs` counts from the step's start, `latencyMs` from the intended instant to the last byte.
 */
export interface Answers {
  readonly count: number;
  readonly intendedMs: Float64Array;
  /** How much later than intended the request was sent. */
  readonly latenessMs: Float64Array;
  readonly latencyMs: Float64Array;
  /** Index into `outcomes`. */
  readonly outcome: Uint8Array;
  /** HTTP status; 0 where there was none. */
  readonly status: Uint16Array;
}

/** Header of an answers file: CSV, one row a request, in the order of `sequence`. */
export const ANSWERS_HEADER = 'sequence,intendedMs,latenessMs,firstByteMs,latencyMs,outcome,status,errorType';
