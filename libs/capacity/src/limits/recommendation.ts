import type { Measurements } from '@spillway/throttle';
import {
  ENVIRONMENTS_AT_ONCE,
  REQUESTS_PER_SECOND_PER_CONCURRENCY,
  UNRESERVED_CONCURRENCY,
  writeUnits,
} from '../aws-rules.ts';
import { erlangB } from '../statistics/erlang.ts';
import type { Recommendation } from '../run-record.ts';
import { burstRoom, concurrencyNeeds, reservableConcurrency } from './sizing.ts';

/** Bounds of the function's timeout, s: below the gateway's 29 (F18). */
const TIMEOUT_SECONDS = { least: 1, most: 28 };

/** Measurements from which no limits follow; the message says found, wanted, next. */
export class RecommendationError extends Error {
  readonly code = 'NO_LIMITS_POSSIBLE';
  readonly measurements: Measurements;

  constructor(reason: string, measurements: Measurements) {
    super(reason);
    this.name = 'RecommendationError';
    this.measurements = measurements;
  }
}

/**
 * Measurements → limits, each with the sentence that explains it (method, section 6). Rate, concurrency and burst
 * are solved together: the rate is lowered until the concurrency that the account has left carries it.
 * The same measurements always give the same limits, so that they can be checked later.
 * @throws RecommendationError when the account has no concurrency to reserve, or none is left for one request
 */
export function recommend(measurements: Measurements): Recommendation {
  const available = availableConcurrency(measurements);
  const ceiling = rateCeiling(measurements, available);
  const serviceSeconds = measurements.serviceTime.meanUpperMs / 1000;
  const wantedBurst = burstCeiling(measurements);
  const rateLimit = highestCarriedRate(ceiling.perSecond, available, measurements);
  const load = rateLimit * serviceSeconds;
  const needs = needsOf(rateLimit, wantedBurst, measurements);
  const reservedConcurrency = Math.min(available, needs.most);
  const slots = slotsPerBurstRequest(rateLimit, measurements);
  const room = burstRoom(reservedConcurrency, { rate: rateLimit, load }, slots);
  const burstLimit = Math.max(1, Math.min(wantedBurst, room));
  const timeout = timeoutSeconds(measurements);
  const { targets, quotas } = measurements;
  return {
    limits: {
      rateLimit,
      burstLimit,
      reservedConcurrency,
      memorySize: measurements.memorySize,
      timeoutSeconds: timeout.seconds,
    },
    reasons: {
      rateLimit:
        `${targets.headroomRatio} × ${round(ceiling.perSecond)}/s, the least of ${ceiling.because}` +
        (rateLimit < ceiling.rate
          ? `; lowered from ${ceiling.rate}/s to what ${available} environments carry`
          : ''),
      reservedConcurrency:
        `the most of ${needs.blocking} (Erlang B refuses at most ${targets.blockingRatio} of ${round(load)} busy at ${round(1000 * serviceSeconds)} ms), ` +
        `${needs.tenTimes} (10× rule) and ${needs.burst} (load, its spread, a burst of ${wantedBurst} and what comes while it is answered)` +
        (needs.most > available
          ? `; only ${available} are left of the account's ${quotas.accountConcurrency}`
          : `; refuses ${shareText(erlangB(reservedConcurrency, load))}`),
      burstLimit:
        `the least of ${targets.headroomRatio} × ${measurements.burst.cleanRequests} (measured from idle), ${room} (concurrency free at the rate limit, and below the 10× rule), ` +
        `${ENVIRONMENTS_AT_ONCE} (environments that start at once) and ${quotas.accountBurst} (account), and at least 1`,
      memorySize: `${measurements.memorySize} MB is what was measured`,
      timeoutSeconds: timeout.because,
    },
  };
}

/** Concurrency that may be reserved (F31). */
function availableConcurrency(measurements: Measurements): number {
  const { accountConcurrency, otherReservedConcurrency } = measurements.quotas;
  const available = reservableConcurrency(measurements.quotas);
  if (available < 1) {
    throw new RecommendationError(
      `the account's concurrency is ${accountConcurrency}, of which ${otherReservedConcurrency} are reserved and ${UNRESERVED_CONCURRENCY} must stay free: none is left to reserve; ask Service Quotas for more`,
      measurements,
    );
  }
  return available;
}

/** h × the burst that was clean: one event has no error bar, so it keeps its distance as the rate does. */
function burstCeiling({ burst, quotas, targets }: Measurements): number {
  const held = Math.floor(targets.headroomRatio * burst.cleanRequests + 1e-9);
  return Math.max(1, Math.min(held, ENVIRONMENTS_AT_ONCE, quotas.accountBurst));
}

/** h × the least of the ceilings on the rate, and what they are. */
function rateCeiling(measurements: Measurements, available: number) {
  const { sustainedRate, quotas, itemBytes, targets } = measurements;
  const units = writeUnits(itemBytes);
  const ceilings = [
    { perSecond: sustainedRate.lowerPerSecond, name: 'sustained, lower end' },
    { perSecond: REQUESTS_PER_SECOND_PER_CONCURRENCY * available, name: '10× rule' },
    { perSecond: quotas.accountRatePerSecond, name: 'account quota' },
    { perSecond: quotas.tableWriteUnitsPerSecond / units, name: `table at ${units} write units an item` },
  ];
  const perSecond = Math.min(...ceilings.map((ceiling) => ceiling.perSecond));
  return {
    perSecond,
    rate: floorRate(targets.headroomRatio * perSecond),
    because: ceilings.map((ceiling) => `${round(ceiling.perSecond)} (${ceiling.name})`).join(', '),
  };
}

/** Highest rate up to h × ceiling that the concurrency carries with a burst of one on top; halving the interval. */
function highestCarriedRate(ceilingPerSecond: number, available: number, measurements: Measurements): number {
  const { headroomRatio } = measurements.targets;
  const isCarried = (rate: number): boolean => needsOf(rate, 1, measurements).most <= available;
  const most = floorRate(headroomRatio * ceilingPerSecond);
  if (isCarried(most)) {
    if (most > 0) return most;
  } else {
    let low = 0;
    let high = most;
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (isCarried(middle)) low = middle;
      else high = middle;
    }
    if (floorRate(low) > 0) return floorRate(low);
  }
  throw new RecommendationError(
    `no rate is left: ${available} environments at ${round(measurements.serviceTime.meanUpperMs)} ms a request, ${round(ceilingPerSecond)}/s × ${headroomRatio}; measure again with more concurrency or a shorter service time`,
    measurements,
  );
}

/** Concurrency that a rate limit and a burst limit need by what was measured. */
function needsOf(rate: number, burst: number, measurements: Measurements) {
  const load = (rate * measurements.serviceTime.meanUpperMs) / 1000;
  const { targets, quotas } = measurements;
  return concurrencyNeeds(
    { rate, load, burst },
    targets,
    quotas.accountConcurrency,
    slotsPerBurstRequest(rate, measurements),
  );
}

/**
 * Environments for each request of a burst: its own, and its share of what the bucket lets through meanwhile. A burst
 * takes longer than a calm request (cold starts; a queue on a local stage), and r goes on arriving: without this
 * share a client that overruns the burst limit is refused by Lambda (500, F16) instead of the gateway (429). The
 * time is taken as proportional to the burst's size.
 */
function slotsPerBurstRequest(rate: number, { burst }: Measurements): number {
  if (burst.cleanRequests === 0) return 1;
  return 1 + (rate * burst.answeredWithinMs) / 1000 / burst.cleanRequests;
}

function timeoutSeconds(measurements: Measurements): { seconds: number; because: string } {
  const { tailUpperMs } = measurements.serviceTime;
  const { sdkRetryBudgetMs } = measurements.targets;
  const wanted = Math.ceil((2 * tailUpperMs + sdkRetryBudgetMs) / 1000);
  const seconds = Math.min(TIMEOUT_SECONDS.most, Math.max(TIMEOUT_SECONDS.least, wanted));
  return {
    seconds,
    because:
      `2 × ${round(tailUpperMs)} ms (longest invocation seen) + ${round(sdkRetryBudgetMs)} ms of SDK retries` +
      (seconds === wanted
        ? ''
        : ` is ${wanted} s, held within ${TIMEOUT_SECONDS.least} to ${TIMEOUT_SECONDS.most} s`),
  };
}

/** A blocking probability for people. */
function shareText(ratio: number): string {
  return ratio < 1e-6 ? 'less than one in a million' : `${Number((100 * ratio).toPrecision(2))} %`;
}

/** Whole requests/s, hundredths below 1/s. */
function floorRate(perSecond: number): number {
  return perSecond >= 1 ? Math.floor(perSecond + 1e-9) : Math.floor(100 * perSecond + 1e-9) / 100;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
