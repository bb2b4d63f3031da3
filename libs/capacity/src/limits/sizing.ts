import type { Measurements } from '@spillway/throttle';
import { REQUESTS_PER_SECOND_PER_CONCURRENCY, UNRESERVED_CONCURRENCY } from '../aws-rules.ts';
import { Z_95 } from '../statistics/bounds.ts';
import { erlangServers } from '../statistics/erlang.ts';

/** Rounding of a product must not cost an environment. */
const ROUNDING = 1e-9;

/** Concurrency that the account has left to reserve: its own − 100 − other reservations (F31); below 1 there is none. */
export function reservableConcurrency({
  accountConcurrency,
  otherReservedConcurrency,
}: Pick<Measurements['quotas'], 'accountConcurrency' | 'otherReservedConcurrency'>): number {
  return accountConcurrency - UNRESERVED_CONCURRENCY - otherReservedConcurrency;
}

/** Busy environments that a load of `a` on average exceeds in 5 % of the instants: a + z√a (method, section 6). */
export function loadWithSpread(load: number): number {
  return load + Z_95 * Math.sqrt(load);
}

/** Environments that a load and a burst on top of it need: a + z√a + b. */
export function environmentsWithBurst(load: number, burst: number): number {
  return Math.ceil(loadWithSpread(load) + burst - ROUNDING);
}

/** Concurrency that each rule asks for, and the most of them; infinite where no number is enough. */
export interface ConcurrencyNeeds {
  readonly blocking: number;
  readonly tenTimes: number;
  readonly burst: number;
  readonly most: number;
}

/**
 * Concurrency that a rate limit and a burst limit need (method, section 6): by Erlang B (F34), by the 10× rule (F32),
 * and for the burst beside the load.
 * @param load a, busy environments on average
 * @param slotsPerBurstRequest environments for each request of a burst
 * @param most environments that there are
 */
export function concurrencyNeeds(
  { rate, load, burst }: { readonly rate: number; readonly load: number; readonly burst: number },
  { blockingRatio, headroomRatio }: Pick<Measurements['targets'], 'blockingRatio' | 'headroomRatio'>,
  most: number,
  slotsPerBurstRequest = 1,
): ConcurrencyNeeds {
  const blocking = erlangServers(load, blockingRatio, most) ?? Number.POSITIVE_INFINITY;
  const tenTimes = environmentsForTenTimes(rate, burst, headroomRatio);
  const withBurst = environmentsWithBurst(load, burst * slotsPerBurstRequest);
  return { blocking, tenTimes, burst: withBurst, most: Math.max(1, blocking, tenTimes, withBurst) };
}

/**
 * Environments by the 10× rule (F32): r ≤ h · 10 · C, and a full bucket beside the rate within one second,
 * r + b ≤ 10 · C, which binds only where h leaves less than the burst.
 */
export function environmentsForTenTimes(rate: number, burst: number, headroomRatio: number): number {
  const sustained = rate / (REQUESTS_PER_SECOND_PER_CONCURRENCY * headroomRatio);
  const atOnce = (rate + burst) / REQUESTS_PER_SECOND_PER_CONCURRENCY;
  return Math.ceil(Math.max(sustained, atOnce) - ROUNDING);
}

/** Largest burst that fits beside the rate: into the environments free at the load, and under the 10× rule. */
export function burstRoom(
  environments: number,
  { rate, load }: { readonly rate: number; readonly load: number },
  slotsPerBurstRequest = 1,
): number {
  const free = (environments - loadWithSpread(load)) / slotsPerBurstRequest;
  const underTenTimes = REQUESTS_PER_SECOND_PER_CONCURRENCY * environments - rate;
  return Math.floor(Math.min(free, underTenTimes) + ROUNDING);
}
