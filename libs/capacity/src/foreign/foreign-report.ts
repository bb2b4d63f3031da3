/**
 * Times of a window as a report gives them: their count, the largest, percentiles, and where it has them buckets.
 * All ms.
 */
export interface Spread {
  readonly count: number;
  readonly maxMs: number | null;
  /** [quantile 0–1, ms], as printed. */
  readonly quantiles: readonly (readonly [ratio: number, ms: number])[];
  /** How far a printed quantile may be off, 0–1: 0.01 of a DDSketch (F83), 0 where it was computed from all times. */
  readonly errorRatio: number;
  /** Counts of the times in (fromMs, toMs]; null where the report has percentiles only. */
  readonly buckets: readonly Bucket[] | null;
}

export interface Bucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** What became of requests, in Spillway's words; 1xx and 3xx are `other`. */
export interface AnswerCounts {
  readonly acknowledged: number;
  readonly refused: number;
  readonly throttled: number;
  readonly failed: number;
  readonly other: number;
  readonly timeout: number;
  readonly connectionError: number;
}

/** One reporting period of Artillery, about 10 s. */
export interface ForeignWindow {
  /** Start and length; null in the first window of a 1.x report, which tells only when a window ended. */
  readonly startMs: number | null;
  readonly lengthMs: number | null;
  /** Virtual users started, and left out because `maxVusers` of them were busy (F82). */
  readonly usersCreated: number;
  readonly usersSkipped: number;
  readonly requests: number;
  readonly answers: AnswerCounts;
  /** Errors of the scenario itself, such as a failed capture: the request behind them has its answer. */
  readonly scenarioErrors: number;
  /** Request written → first byte (F80), of all answers. */
  readonly firstByte: Spread | null;
  /** Start → end of a virtual user, connecting and bodies included, of those that came to their end. */
  readonly session: Spread | null;
  /** Whether the report gives no request rate for it (F84). */
  readonly rateMissing: boolean;
}

/** An Artillery report of any version in one shape. */
export interface ForeignReport {
  readonly format: 'artillery-1' | 'artillery-2';
  /** In order of time; may be empty. */
  readonly windows: readonly ForeignWindow[];
  /** All of the run. */
  readonly total: ForeignWindow;
  /** Names of metrics that are not HTTP, such as `websocket`; in a report without HTTP they say what it measured. */
  readonly engines: readonly string[];
}

const NO_ANSWERS: AnswerCounts = {
  acknowledged: 0,
  refused: 0,
  throttled: 0,
  failed: 0,
  other: 0,
  timeout: 0,
  connectionError: 0,
};

/** Requests that came to an end, errors included. */
export function answered(counts: AnswerCounts): number {
  return Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);
}

/** Ended requests that are not 2xx. */
export function notAcknowledged(counts: AnswerCounts): number {
  return answered(counts) - counts.acknowledged;
}

export function sumAnswers(windows: readonly ForeignWindow[]): AnswerCounts {
  const total: Record<keyof AnswerCounts, number> = { ...NO_ANSWERS };
  const names = Object.keys(NO_ANSWERS) as (keyof AnswerCounts)[];
  for (const { answers } of windows) for (const name of names) total[name] += answers[name];
  return total;
}

/** Errors that are a request's own timeout, by Node's and Artillery's names. */
const TIMEOUTS = /^(ETIMEDOUT|ESOCKETTIMEDOUT|ERR_.*TIMEOUT.*|UND_ERR_.*TIMEOUT|timeout)$/i;

/** Errors of a connection, by Node's names, those of its parser, TLS and HTTP/2 included. */
const CONNECTION_ERRORS =
  /^(E[A-Z_]{3,}|ERR_[A-Z0-9_]+|HPE_[A-Z_]+|UND_ERR_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|socket hang up)$/;

/**
 * Status codes and error names → what became of the requests.
 * @param codes answers by status
 * @param errors errors by name; a name that is no timeout and no broken connection is the scenario's own
 */
export function countAnswers(
  codes: readonly (readonly [status: string, count: number])[],
  errors: readonly (readonly [name: string, count: number])[],
): { readonly answers: AnswerCounts; readonly scenarioErrors: number } {
  const answers: Record<keyof AnswerCounts, number> = { ...NO_ANSWERS };
  let scenarioErrors = 0;
  for (const [status, count] of codes) answers[outcomeOfStatus(status)] += count;
  for (const [name, count] of errors) {
    if (TIMEOUTS.test(name)) answers.timeout += count;
    else if (CONNECTION_ERRORS.test(name)) answers.connectionError += count;
    else scenarioErrors += count;
  }
  return { answers, scenarioErrors };
}

function outcomeOfStatus(status: string): keyof AnswerCounts {
  if (status === '429') return 'throttled';
  const kinds = { 2: 'acknowledged', 4: 'refused', 5: 'failed' } as const;
  return kinds[Number(status[0]) as keyof typeof kinds] ?? 'other';
}
