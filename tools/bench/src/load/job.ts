/** What the load process is asked to do, one job at a time. Every request carries an entry with an id of its own. */
export type LoadJob = ClosedJob | OpenJob | FloodJob;

interface JobTarget {
  /** Where entries are posted. */
  readonly url: string;
  /** Start of the ids, up to the sequence number; no two jobs of a run share it. */
  readonly idPrefix: string;
}

/** So many requests are in flight at any time: each answer sends the next. Ends by whichever comes first. */
export interface ClosedJob extends JobTarget {
  readonly kind: 'closed';
  readonly connections: number;
  readonly durationMs: number;
  /** @default none */
  readonly requests?: number;
}

/** Requests go out when they are due, at a constant rate, whatever the answers do. */
export interface OpenJob extends JobTarget {
  readonly kind: 'open';
  readonly ratePerSecond: number;
  readonly durationMs: number;
}

/** A light probe alone, then so many requests at once, while the probe goes on. */
export interface FloodJob extends JobTarget {
  readonly kind: 'flood';
  readonly arrivals: number;
  readonly probePerSecond: number;
  readonly calmMs: number;
  readonly watchMs: number;
}

/** How requests ended: each in exactly one of these ways. */
export interface Tally {
  readonly sent: number;
  /** 200: the entry is stored. */
  readonly served: number;
  /** 429, 500 and 503: how a throttle, Lambda's concurrency and the table refuse (F10, F16). */
  readonly refused: number;
  /** Any other status, a broken connection, or no answer in time. */
  readonly failed: number;
  /** Count by status, or by code of the error. */
  readonly endings: Readonly<Record<string, number>>;
  /** Sequence numbers that were not answered 200. */
  readonly notServed: readonly number[];
  /** Answers that carried a request id which another answer carried too. */
  readonly repeatedRequestIds: number;
}

/** Of the requests answered 200, ms. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

export interface LoadResult {
  readonly tally: Tally;
  readonly latencyMs: Latency | null;
  /** From the first request to the last answer, ms. */
  readonly tookMs: number;
  readonly flood?: FloodResult;
}

export interface FloodResult {
  /** Of the simultaneous arrivals alone. */
  readonly flood: Pick<Tally, 'sent' | 'served' | 'refused' | 'failed'>;
  readonly lastAnswerMs: number;
  readonly calmP99Ms: number;
  /** From the flood until the probe's p99 was normal again, ms; null if that was not seen. */
  readonly backAfterMs: number | null;
}

export type LoadAnswer =
  { readonly ok: true; readonly result: LoadResult } | { readonly ok: false; readonly message: string };
