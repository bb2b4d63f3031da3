import { grouped, percent } from '../figures.ts';
import type { Targets } from '../run-record.ts';
import { effectiveSamplesOf } from '../statistics/batch-means.ts';
import { ratioLowerBound, ratioUpperBound, samplesForNoneBad, Z_95 } from '../statistics/bounds.ts';
import {
  answered,
  notAcknowledged,
  sumAnswers,
  type AnswerCounts,
  type ForeignWindow,
} from './foreign-report.ts';
import { lateAnswers } from './late-answers.ts';
import { requestsPerSecond, type Plateau } from './plateaus.ts';

/** More of the requests than this left unanswered is a trend; more than the other a collapse (method, section 3). */
const UNSTABLE_RATIO = 0.01;
const COLLAPSE_RATIO = 0.1;

/** What a report is judged by: T and ε of the SLO. */
export type Slo = Pick<Targets, 'latencyMs' | 'errorRatio'>;

/** What the times of a plateau were judged by. */
export type TimedBy = 'session' | 'first-byte';

/** A plateau with what its counts prove. */
export interface JudgedPlateau {
  /** Of its windows, the least: what was sent in each of them at least. */
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly requests: number;
  readonly answers: AnswerCounts;
  readonly usersSkipped: number;
  /** Bad answers: not 2xx, or later than T, as far as the report bounds them. */
  readonly badAtLeast: number;
  readonly badAtMost: number;
  /** One-sided 95 % Clopper–Pearson bounds of the bad ratio. */
  readonly badRatioLower: number;
  readonly badRatioUpper: number;
  readonly timedBy: TimedBy;
  readonly verdict: 'holds' | 'fails' | 'open';
  readonly reason: string;
}

interface BadCounts {
  readonly timedBy: TimedBy;
  readonly atLeast: number;
  readonly atMost: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A plateau's verdict, as strict as that of a step of Spillway's own (method, section 3): it holds when the bad ratio
 * is proven at most ε and nothing piles up, fails on proof of the opposite, and is open otherwise.
 * @param isOneRequestAUser then a user's whole session bounds its request's time, connecting and body included
 */
export function judgePlateau(plateau: Plateau, targets: Slo, isOneRequestAUser: boolean): JudgedPlateau {
  const { windows } = plateau;
  const answers = sumAnswers(windows);
  const requests = windows.reduce((sum, window) => sum + window.requests, 0);
  const usersSkipped = windows.reduce((sum, window) => sum + window.usersSkipped, 0);
  const byFirstByte = badCounts(windows, targets, 'first-byte');
  const bySession = isOneRequestAUser ? badCounts(windows, targets, 'session') : byFirstByte;
  // A session contains its first byte: where it claims to be shorter, the report contradicts itself.
  const isSessionProof = bySession.upper <= targets.errorRatio && bySession.atMost >= byFirstByte.atLeast;
  const bad = isSessionProof ? bySession : byFirstByte;
  return {
    ratePerSecond: windows.reduce((least, window) => Math.min(least, requestsPerSecond(window)), Infinity),
    seconds: windows.reduce((sum, window) => sum + window.lengthMs, 0) / 1000,
    requests,
    answers,
    usersSkipped,
    badAtLeast: byFirstByte.atLeast,
    badAtMost: bad.atMost,
    badRatioLower: byFirstByte.lower,
    badRatioUpper: bad.upper,
    timedBy: bad.timedBy,
    ...verdictOf(
      { answers, requests, usersSkipped, inFlight: plateau.inFlightBefore },
      byFirstByte,
      bad,
      targets,
    ),
  };
}

/** Bad answers over windows, which are the batches that share their fate. */
function badCounts(windows: readonly ForeignWindow[], targets: Slo, timedBy: TimedBy): BadCounts {
  const batches = windows.map((window) => {
    const spread = timedBy === 'session' ? window.session : window.firstByte;
    const late = spread === null ? { atLeast: 0, atMost: 0 } : lateAnswers(spread, targets.latencyMs);
    const other = notAcknowledged(window.answers);
    const { acknowledged } = window.answers;
    const samples = answered(window.answers);
    // A time may be that of an answer that is not 2xx: as many acknowledged ones may be without.
    const untimed = Math.min(acknowledged, Math.max(0, samples - (spread?.count ?? 0)));
    return {
      samples,
      atMost: other + Math.min(acknowledged, late.atMost + untimed),
      // Late times may be those of answers that are bad already.
      atLeast: other + Math.max(0, Math.min(acknowledged, late.atLeast - other)),
    };
  });
  const sum = (of: (batch: (typeof batches)[number]) => number) =>
    batches.reduce((total, batch) => total + of(batch), 0);
  const samples = sum((batch) => batch.samples);
  const boundOf = (edge: 'atLeast' | 'atMost', bound: (bad: number, samples: number) => number) => {
    const effective = effectiveSamplesOf(
      batches.map((batch) => ({ samples: batch.samples, bad: batch[edge] })),
    );
    return bound(samples === 0 ? 0 : (sum((batch) => batch[edge]) * effective) / samples, effective);
  };
  return {
    timedBy,
    atLeast: sum((batch) => batch.atLeast),
    atMost: sum((batch) => batch.atMost),
    lower: boundOf('atLeast', ratioLowerBound),
    upper: boundOf('atMost', ratioUpperBound),
  };
}

interface Flow {
  readonly answers: AnswerCounts;
  readonly requests: number;
  readonly usersSkipped: number;
  readonly inFlight: number;
}

function verdictOf(
  { answers, requests, usersSkipped, inFlight }: Flow,
  certain: BadCounts,
  bad: BadCounts,
  targets: Slo,
): Pick<JudgedPlateau, 'verdict' | 'reason'> {
  const samples = answered(answers);
  const open = (reason: string) => ({ verdict: 'open', reason }) as const;
  if (answers.throttled > 0) {
    return open(
      `${answers.throttled} of ${samples} answers are 429: this measured a throttle, not the stage behind it`,
    );
  }
  if (certain.lower > targets.errorRatio) {
    const found = `${certain.atLeast} of ${samples}`;
    const bound = `at least ${percent(certain.lower)} of the answers are bad (95 % bound; ${found})`;
    return { verdict: 'fails', reason: `${bound}, more than ${percent(targets.errorRatio)}` };
  }
  const unanswered = requests - samples;
  const byChance = Z_95 * Math.sqrt(2 * Math.max(1, inFlight));
  if (unanswered > COLLAPSE_RATIO * requests + byChance) {
    return { verdict: 'fails', reason: `${unanswered} more requests were sent than answered: they pile up` };
  }
  if (usersSkipped > 0) {
    return open(
      `${usersSkipped} virtual users were left out while maxVusers were busy: what they would have met is not known`,
    );
  }
  const found = `at most ${percent(bad.upper)} of the answers are bad (95 % bound; ${bad.atMost} of ${samples})`;
  if (bad.upper > targets.errorRatio) {
    const needed = samplesForNoneBad(targets.errorRatio);
    const next =
      samples < needed && Number.isFinite(needed)
        ? `${grouped(needed)} answers are needed if none is bad`
        : 'a longer plateau is needed';
    return open(`${found}, ${percent(targets.errorRatio)} is wanted: ${next}`);
  }
  if (unanswered > UNSTABLE_RATIO * requests + byChance) {
    return open(
      `${unanswered} more requests were sent than answered: they may pile up, and a longer plateau would show it`,
    );
  }
  return { verdict: 'holds', reason: `${found}; nothing piles up` };
}
