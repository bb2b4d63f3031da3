import { combinedPValue } from '@spillway/capacity/testing';
import type { Claim } from '../../report/claims.ts';
import type { Ratio } from '../../report/pairs.ts';
import type { Findings } from '../findings.ts';
import { HELD_FROM_RATIO, SHARES_OF_MAXIMUM } from '../generator-plan.ts';
import { overRounds, percentText, ratioOverRounds, spreadOf, spreadText } from './rounds.ts';
import { stallError } from './stall-errors.ts';

/** Names of the two that claims are about. */
export const OURS = 'spillway';
export const THEIRS = 'artillery http';

const LEAST_SPEED = 4;
const MOST_CPU = 1 / 5;
/** Level of the test that the gaps must pass. */
const LEAST_P_VALUE = 0.05;
const MOST_LATENESS_MS = 2;
const MOST_STALL_ERROR = 0.02;

/**
 * Claims are judged by the median over the rounds, with the spread beside it; those of rates by the worst round, for
 * they are about every one, and those of gaps by all tests taken together.
 */
export function generatorClaims(findings: Findings): readonly Claim[] {
  const { maximum, cpu, constant } = findings;
  const pair = [OURS, THEIRS] as const;
  const atMost = (limit: number) => (value: number) => value <= limit;
  return [
    claim(
      `≥ ${LEAST_SPEED} × the requests/s of ${THEIRS} with http.pool, one core each`,
      ratioOverRounds(maximum, pair, (found) => found.perSecond),
      (ratio) => ratio >= LEAST_SPEED,
    ),
    claim(
      `500/s: ≤ 1/5 of its CPU a request, whole run`,
      ratioOverRounds(cpu, pair, (found) => found.wholeMs),
      atMost(MOST_CPU),
    ),
    claim(
      `500/s: ≤ 1/5 of its CPU a request, without start`,
      ratioOverRounds(cpu, pair, (found) => found.steadyMs),
      atMost(MOST_CPU),
    ),
    ...SHARES_OF_MAXIMUM.map((share) => steadyClaim(findings, share)),
    gapsClaim(findings),
    claim(
      `500/s constant: lateness p99 ≤ ${MOST_LATENESS_MS} ms`,
      overRounds(constant, OURS, (found) => found.own?.p99Ms),
      atMost(MOST_LATENESS_MS),
      (spread) => `${spreadText(spread)} ms`,
    ),
    ...stallClaims(findings),
  ];
}

function steadyClaim({ steady }: Findings, share: number): Claim {
  const at = steady.filter(({ shareOfMaximum }) => shareOfMaximum === share);
  return claim(
    `achieved/offered ≥ ${HELD_FROM_RATIO} at ${share * 100} % of its own maximum`,
    overRounds(at, OURS, (found) => found.achievedRatio),
    (_median, { min }) => min >= HELD_FROM_RATIO,
    ({ median, min }) => `${percentText(median)}, least ${percentText(min)}`,
  );
}

/** Where all is well p is spread evenly from 0 to 1: neither its median nor its least says whether the test is passed. */
function gapsClaim({ poisson }: Findings): Claim {
  const wanted = `500/s Poisson: gaps of the instants sent pass Kolmogorov–Smirnov (harmonic mean p ≥ ${LEAST_P_VALUE})`;
  const pValues = poisson.filter(({ tool }) => tool === OURS).map(({ sent }) => sent.pValue);
  if (pValues.length === 0) return { wanted, found: '–', verdict: 'not measured' };
  const combined = combinedPValue(pValues);
  const failed = pValues.filter((pValue) => pValue < LEAST_P_VALUE).length;
  const found = `p ${combined.toFixed(3)}, ${failed} of ${pValues.length} below`;
  return { wanted, found, verdict: combined >= LEAST_P_VALUE ? 'met' : 'not met' };
}

function stallClaims({ stall }: Findings): readonly Claim[] {
  const errors = stall
    .filter(({ tool }) => tool === OURS)
    .flatMap((found) => found.views.slice(0, 1).map((view) => stallError(found, view)));
  const one = (what: string, values: readonly number[]) =>
    claim(
      `stalled server: ${what} within 2 % of the analytic value`,
      spreadOf(values),
      (error) => error <= MOST_STALL_ERROR,
      ({ median, max }) => `off by ${percentText(median)}, at most ${percentText(max)}`,
    );
  return [
    one(
      'p99',
      errors.map(({ p99 }) => Math.abs(p99)),
    ),
    one(
      'share above 500 ms',
      errors.map(({ slow }) => slow),
    ),
  ];
}

function claim(
  wanted: string,
  spread: Ratio | null,
  holds: (median: number, spread: Ratio) => boolean,
  text: (spread: Ratio) => string = spreadText,
): Claim {
  if (spread === null) return { wanted, found: '–', verdict: 'not measured' };
  return { wanted, found: text(spread), verdict: holds(spread.median, spread) ? 'met' : 'not met' };
}
