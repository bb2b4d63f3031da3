import type { Measurements } from '@spillway/throttle';
import { recommend } from '../limits/recommendation.ts';
import { erlangB } from '../statistics/erlang.ts';
import { measurementsOf } from './measurements.ts';
import { seededRandom } from './random.ts';
import { profiles, simulateSearch } from './simulated-search.ts';
import { targets, type SimulatedStage } from './simulated-stage.ts';

/** What is true of a simulated stage: the rate up to which it meets the SLO, and what it can answer at all. */
export interface KnownStage {
  readonly stage: SimulatedStage;
  readonly sustainedPerSecond: number;
  readonly capacityPerSecond: number;
}

/** How 200 seeded runs came out. */
export interface Coverage {
  readonly conclusive: number;
  /** The bracket and [sustained, capacity] overlap. */
  readonly overlapsTruth: number;
  /** The bracket contains the sustained rate itself, or the capacity itself. */
  readonly containsSustained: number;
  readonly containsCapacity: number;
  /** The recommended rate limit is above what the stage can answer. */
  readonly tooHigh: number;
  readonly longestMs: number;
}

export const RUNS = 200;

/**
 * c servers and a FIFO queue. The queue grows for ever from c / E[S] on; below it the waiting time's tail is
 * exp(−2 (c/E[S] − λ) t / (c_a² + c_s²)) in heavy traffic (Kingman 1962), of which ε may exceed T.
 */
export function cpuBoundStage(
  seed: number,
  service: SimulatedStage['service'],
  accidentRatio = 0,
): KnownStage {
  const capacityPerSecond = 300 + 1200 * seededRandom(7919 * seed)();
  const variability = (1 + (service === 'exponential' ? 1 : 1 / 12)) / 2;
  const slack = (Math.log(1 / targets.errorRatio) * variability) / (targets.latencyMs / 1000);
  const stage = { servers: 4, capacityPerSecond, service, accidentRatio };
  return { stage, sustainedPerSecond: capacityPerSecond - slack, capacityPerSecond };
}

/** M/G/c/c: c servers of 50 ms and no queue, whose sustained rate is that at which Erlang B refuses ε, exactly. */
export function lossStage(seed: number, service: SimulatedStage['service']): KnownStage {
  const servers = 12 + Math.floor(28 * seededRandom(7919 * seed)());
  const capacityPerSecond = 20 * servers;
  let low = 0;
  let high = capacityPerSecond;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (erlangB(servers, 0.05 * middle) <= targets.errorRatio) low = middle;
    else high = middle;
  }
  const stage = { servers, capacityPerSecond, service, isLossSystem: true };
  return { stage, sustainedPerSecond: low, capacityPerSecond: low };
}

/** Searches 200 stages with the settings of a profile, Poisson arrivals. */
export function coverageOf(profile: 'quick' | 'full', stageOf: (seed: number) => KnownStage): Coverage {
  const tally = {
    conclusive: 0,
    overlapsTruth: 0,
    containsSustained: 0,
    containsCapacity: 0,
    tooHigh: 0,
    longestMs: 0,
  };
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const { stage, sustainedPerSecond, capacityPerSecond } = stageOf(seed);
    const { estimate, spentMs } = simulateSearch(stage, profiles[profile], 'poisson', seed);
    tally.longestMs = Math.max(tally.longestMs, spentMs);
    const { lowerPerSecond, upperPerSecond } = estimate;
    if (!estimate.conclusive || lowerPerSecond === null) continue;
    const contains = (from: number, to: number): boolean =>
      lowerPerSecond <= to && (upperPerSecond ?? Number.POSITIVE_INFINITY) >= from;
    tally.conclusive += 1;
    if (contains(sustainedPerSecond, capacityPerSecond)) tally.overlapsTruth += 1;
    if (contains(sustainedPerSecond, sustainedPerSecond)) tally.containsSustained += 1;
    if (contains(capacityPerSecond, capacityPerSecond)) tally.containsCapacity += 1;
    if (rateLimitFor({ lowerPerSecond, upperPerSecond }) > sustainedPerSecond) tally.tooHigh += 1;
  }
  return tally;
}

/** The rate limit of a stage in which nothing but the sustained rate binds. */
function rateLimitFor(sustainedRate: Measurements['sustainedRate']): number {
  const { quotas } = measurementsOf();
  const plenty = { ...quotas, accountConcurrency: 10_000, tableWriteUnitsPerSecond: 40_000 };
  const serviceTime = { meanUpperMs: 5, tailUpperMs: 50 };
  return recommend(measurementsOf({ sustainedRate, serviceTime, quotas: plenty })).limits.rateLimit;
}
