import { outcomes, overlapMs, stallWindows, touchesWindow, type Answers } from '../answers/answers.ts';
import type { Measurement, Targets } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';

const ACKNOWLEDGED = outcomes.indexOf('acknowledged');
const THROTTLED = outcomes.indexOf('throttled');
const CONNECTION_ERROR = outcomes.indexOf('connection-error');

/** The answers that are judged, a column a fact; the columns are nobody else's and may be rearranged. */
export interface JudgedAnswers {
  readonly instantsMs: Float64Array;
  readonly latenciesMs: Float64Array;
  readonly latenessesMs: Float64Array;
  /** 1 where the answer of that index is bad. */
  readonly isBad: Uint8Array;
  readonly bad: number;
  /** Bad even if latency counted from the instant sent. */
  readonly badSinceSend: number;
  /** Acknowledged, yet later than T. */
  readonly slow: number;
  readonly outcomes: Measurement['outcomes'];
  readonly setAside: number;
}

/** Whether an answer counts for nothing because the host stood still. @param outcome index into `outcomes` */
export type IsSetAside = (startMs: number, latencyMs: number, outcome: number) => boolean;

/**
 * The answers of a step that are set aside: those whose time in flight touches a stalled window, unless the time outside
 * all such windows exceeds T, which no stall explains, or it is a 429 of a throttle that was lifted.
 */
export function setAsideIn(
  { host, limits }: Pick<StepRecord, 'host' | 'limits'>,
  { latencyMs: T }: Targets,
): IsSetAside {
  const windows = stallWindows(host.stalls, T);
  if (windows.length === 0) return () => false;
  return (startMs, latencyMs, outcome) => {
    if (limits === 'lifted' && outcome === THROTTLED) return false;
    const endMs = startMs + latencyMs;
    return touchesWindow(windows, startMs, endMs) && latencyMs - overlapMs(windows, startMs, endMs) <= T;
  };
}

/**
 * Picks what is judged of a step: the warm-up is dropped, and so is what was intended after the hold; a burst counts
 * whole. What `setAsideIn` says is counted and left out.
 */
export function judgedAnswers(record: StepRecord, answers: Answers, targets: Targets): JudgedAnswers {
  const T = targets.latencyMs;
  const { count } = answers;
  const fromMs = record.warmUpMs;
  const toMs = record.arrivals.kind === 'burst' ? Number.POSITIVE_INFINITY : fromMs + record.holdMs;
  const isSetAside = setAsideIn(record, targets);
  const instantsMs = new Float64Array(count);
  const latenciesMs = new Float64Array(count);
  const latenessesMs = new Float64Array(count);
  const isBad = new Uint8Array(count);
  const tally = new Uint32Array(outcomes.length);
  let [judged, bad, badSinceSend, slow, setAside] = [0, 0, 0, 0, 0];
  for (let row = 0; row < count; row += 1) {
    const startMs = answers.intendedMs[row] as number;
    if (startMs < fromMs || startMs >= toMs) continue;
    const latencyMs = answers.latencyMs[row] as number;
    const outcome = answers.outcome[row] as number;
    if (isSetAside(startMs, latencyMs, outcome)) {
      setAside += 1;
      continue;
    }
    const latenessMs = answers.latenessMs[row] as number;
    const known = outcome < outcomes.length ? outcome : CONNECTION_ERROR;
    tally[known] = (tally[known] as number) + 1;
    const isAcknowledged = outcome === ACKNOWLEDGED;
    if (!(isAcknowledged && latencyMs <= T)) {
      isBad[judged] = 1;
      bad += 1;
      if (isAcknowledged && latencyMs > T) slow += 1;
    }
    if (!(isAcknowledged && latencyMs - latenessMs <= T)) badSinceSend += 1;
    instantsMs[judged] = startMs;
    latenciesMs[judged] = latencyMs;
    latenessesMs[judged] = latenessMs;
    judged += 1;
  }
  return {
    instantsMs: instantsMs.subarray(0, judged),
    latenciesMs: latenciesMs.subarray(0, judged),
    latenessesMs: latenessesMs.subarray(0, judged),
    isBad: isBad.subarray(0, judged),
    bad,
    badSinceSend,
    slow,
    outcomes: byName(tally),
    setAside,
  };
}

function byName(tally: Uint32Array): Measurement['outcomes'] {
  const of = (outcome: (typeof outcomes)[number]): number => tally[outcomes.indexOf(outcome)] ?? 0;
  return {
    acknowledged: of('acknowledged'),
    refused: of('refused'),
    throttled: of('throttled'),
    failed: of('failed'),
    timeout: of('timeout'),
    connectionError: of('connection-error'),
  };
}
