import { FLOOD_ARRIVALS } from '../bench-plan.ts';
import type { ContestantRun } from '../contestant-run.ts';
import { fastestOf, ratioOf, type Figure, type Pair, type Ratio } from './pairs.ts';

/** One thing the local stage has to show, and what these runs say to it. */
export interface Claim {
  readonly wanted: string;
  readonly found: string;
  readonly verdict: 'met' | 'not met' | 'not measured';
}

export interface Evidence {
  readonly peerPairs: readonly Pair[];
  readonly limitPairs: readonly Pair[];
  /** Ours with and without limits in force, wherever the flood was measured. */
  readonly spillwayRuns: readonly ContestantRun[];
  readonly openRatesPerSecond: readonly number[];
}

const LEAST_SPEED = 2;
const MOST_P99 = 1 / 3;
const MOST_OPEN_P99 = 1 / 2;
const LEAST_OF_LIMIT = 0.75;
const MOST_BACK_AFTER_MS = 5_000;

/** Every claim is judged by the median over pairs; the spread stands beside it. */
export function judgeClaims(evidence: Evidence): readonly Claim[] {
  const { peerPairs, limitPairs, openRatesPerSecond } = evidence;
  const fastest = fastestOf(peerPairs);
  const pairs = peerPairs.filter(({ other }) => other.name === fastest);
  const peer = fastest ?? 'fastest peer';
  return [
    ratioClaim(
      `32 connections: ≥ 2 × the requests/s of ${peer}`,
      pairs,
      (run) => run.many?.perSecond,
      (ratio) => ratio >= LEAST_SPEED,
    ),
    ratioClaim(
      `32 connections: ≤ 1/3 of its p99`,
      pairs,
      (run) => run.many?.latencyMs?.p99,
      (ratio) => ratio <= MOST_P99,
    ),
    ...openRatesPerSecond.map((rate) => openClaim(rate, pairs, evidence.spillwayRuns)),
    ratioClaim(
      `4 in flight: ≥ 0.75 × the limit`,
      limitPairs,
      (run) => run.few?.perSecond,
      (ratio) => ratio >= LEAST_OF_LIMIT,
    ),
    ...floodClaims(evidence.spillwayRuns),
    auditClaim(evidence.spillwayRuns),
  ];
}

function ratioClaim(
  wanted: string,
  pairs: readonly Pair[],
  figure: Figure,
  holds: (ratio: number) => boolean,
): Claim {
  const ratio = ratioOf(pairs, figure);
  if (ratio === null) return { wanted, found: '–', verdict: 'not measured' };
  return { wanted, found: ratioText(ratio), verdict: holds(ratio.median) ? 'met' : 'not met' };
}

function openClaim(rate: number, pairs: readonly Pair[], runs: readonly ContestantRun[]): Claim {
  const claim = ratioClaim(
    `${rate}/s open loop: ≤ 1/2 of its p99, and no error`,
    pairs,
    (run) => run.open[rate]?.latencyMs?.p99,
    (ratio) => ratio <= MOST_OPEN_P99,
  );
  const measured = runs.map(({ open }) => open[rate]).filter((figures) => figures !== undefined);
  if (measured.length === 0) return claim;
  const errors = measured.reduce((sum, figures) => sum + figures.errors, 0);
  const found = `${claim.found}, ${errors} errors`;
  return { ...claim, found, verdict: errors > 0 ? 'not met' : claim.verdict };
}

function floodClaims(runs: readonly ContestantRun[]): readonly Claim[] {
  return [...new Set(runs.map(({ name }) => name))].flatMap((name) => {
    const measured = runs.filter((run) => run.name === name && run.flood !== null);
    if (measured.length === 0) return [];
    const answered = measured.map(({ flood }) => (flood?.flood.served ?? 0) + (flood?.flood.refused ?? 0));
    const backMs = measured.map(({ flood }) => flood?.backAfterMs ?? Infinity).toSorted((a, b) => a - b);
    // The later of the middle two, where rounds are even: half of an unseen return is none.
    const middleMs = backMs[Math.floor(backMs.length / 2)] ?? Infinity;
    const unseen = backMs.filter((ms) => ms === Infinity).length;
    return [
      {
        wanted: `flood of ${FLOOD_ARRIVALS}, ${name}: served + refused = ${FLOOD_ARRIVALS}`,
        found: `at least ${Math.min(...answered)} in each of ${measured.length}`,
        verdict: answered.every((count) => count === FLOOD_ARRIVALS) ? 'met' : 'not met',
      },
      {
        wanted: `flood of ${FLOOD_ARRIVALS}, ${name}: its normal p99 again within 5 s`,
        found: `${middleMs === Infinity ? '–' : `${(middleMs / 1000).toFixed(1)} s`}, ${unseen} of ${measured.length} not seen`,
        verdict: middleMs <= MOST_BACK_AFTER_MS ? 'met' : 'not met',
      },
    ] as const;
  });
}

function auditClaim(runs: readonly ContestantRun[]): Claim {
  const sum = (of: (run: ContestantRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const acknowledged = sum(({ audit }) => audit.acknowledged);
  const lost = sum(({ audit }) => audit.lost);
  const neverSent = sum(({ audit }) => audit.neverSent);
  return {
    wanted: 'every acknowledged entry is stored, and no other',
    found: `${acknowledged} acknowledged, ${lost} lost, ${neverSent} never sent`,
    verdict: acknowledged === 0 ? 'not measured' : lost + neverSent === 0 ? 'met' : 'not met',
  };
}

/** `2.41 (2.20–2.63)` */
export function ratioText({ median, min, max }: Ratio): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
