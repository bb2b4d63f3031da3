import { grouped, milliseconds, percent } from '../figures.ts';
import { erlangB } from '../statistics/erlang.ts';
import { carriedLoad, loadBesideBurst, roomForBurst } from './carried-load.ts';
import type { Subject } from './subject.ts';

/** Longest that an invocation may take (F37). */
const MOST_DURATION_MS = 900_000;

/** What the rate limit, used up, does to the function. */
export interface RatedLoad {
  /** Requests/s that the gateway admits at the rate limit. */
  readonly admittedPerSecond: number;
  /** Busy environments on average (F30). */
  readonly busyEnvironments: number;
  /** Share that Lambda refuses: Erlang B (F34). */
  readonly blockingRatio: number;
  /** Requests that find an environment at once on top of it (F33). */
  readonly roomForBurst: number;
  /** The least of that room, the burst that was measured to be clean, and the account's bucket (method, section 6). */
  readonly safeBurst: number;
}

/** Longest mean durations at which the limits still fit together, ms; null: at none. */
export interface LongestDurations {
  readonly ratedLoadMs: number;
  readonly burstMs: number | null;
}

/** The rate limit, or the account's where that is less: nothing more reaches Lambda. */
export function admittedRate({ limits, quotas }: Subject): number {
  return Math.min(limits.rateLimit, quotas.accountRatePerSecond);
}

/** The rated load; null where nobody knows how long an invocation takes. */
export function ratedLoad(subject: Subject): RatedLoad | null {
  const { limits, durationMs, measured, quotas } = subject;
  if (durationMs === null) return null;
  const admittedPerSecond = admittedRate(subject);
  const load = (admittedPerSecond * durationMs) / 1000;
  const room = roomForBurst(limits.reservedConcurrency, load);
  const clean = measured?.burst.cleanRequests ?? room;
  return {
    admittedPerSecond,
    busyEnvironments: load,
    blockingRatio: erlangB(limits.reservedConcurrency, load),
    roomForBurst: room,
    safeBurst: Math.floor(Math.min(room, clean, quotas.accountBurst)),
  };
}

/** How long an invocation may take on average before the limits contradict it. */
export function longestDurations(subject: Subject): LongestDurations {
  const { limits, blockingRatio } = subject;
  const rate = admittedRate(subject);
  const beside = loadBesideBurst(limits.reservedConcurrency, limits.burstLimit);
  return {
    ratedLoadMs: (1000 * carriedLoad(limits.reservedConcurrency, blockingRatio)) / rate,
    burstMs: beside === null ? null : (1000 * beside) / rate,
  };
}

/** The rated load in sentences. */
export function describeRatedLoad(
  subject: Subject,
  load: RatedLoad | null,
  longest: LongestDurations,
): readonly string[] {
  const { limits, durationMs, blockingRatio } = subject;
  const environments = grouped(limits.reservedConcurrency);
  const known =
    load === null || durationMs === null
      ? [
          'Nobody measured how long an invocation takes: give --duration-ms to hear about concurrency and blocking.',
        ]
      : [
          `At ${milliseconds(durationMs)} a request the rate limit needs ${grouped(load.busyEnvironments, 3)} environments on average; ${environments} are reserved (F30).`,
          `Lambda refuses ${share(load.blockingRatio)} of the rated load (Erlang B, F34).`,
          describeBurst(subject, load),
        ];
  const burst = `the burst of ${grouped(limits.burstLimit)}`;
  return [
    ...known,
    `The rated load is carried, ${percent(blockingRatio)} refused at most, up to a mean duration of ${upTo(longest.ratedLoadMs)}; ` +
      (longest.burstMs === null
        ? `${burst} fits beside it at no duration.`
        : `${burst} fits beside it up to ${upTo(longest.burstMs)}.`),
  ];
}

function describeBurst({ measured, quotas }: Subject, { safeBurst, roomForBurst: room }: RatedLoad): string {
  const least = [
    `${grouped(room)} (environments free beside it and its spread, F33)`,
    ...(measured ? [`${grouped(measured.burst.cleanRequests)} (measured from idle)`] : []),
    `${grouped(quotas.accountBurst)} (account, F2)`,
  ].join(', ');
  const fits = safeBurst === 0 ? 'No burst fits' : `A burst of ${grouped(safeBurst)} fits`;
  return `${fits} on top of the rated load: the least of ${least}.`;
}

/** A duration, or that Lambda allows none that is longer. */
function upTo(durationMs: number): string {
  return durationMs < MOST_DURATION_MS ? milliseconds(durationMs) : '900 s, the longest there is (F37)';
}

/** A share refused, for people. */
export function share(ratio: number): string {
  return ratio < 0.0001 ? 'less than 0.01 %' : percent(ratio);
}
