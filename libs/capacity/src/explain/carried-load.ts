import { ENVIRONMENTS_AT_ONCE } from '../aws-rules.ts';
import { erlangB } from '../statistics/erlang.ts';

/** 95 % quantile of the standard normal distribution: how far the load wanders above its mean (method, section 6). */
const Z_95 = 1.6448536269514722;

/** Beyond this many environments the recursion gives way to its limit. */
const EXACT_ENVIRONMENTS = 100_000;

/**
 * Share of the arrivals that Lambda refuses (Erlang B, F34). Beyond 100,000 environments by the limit of a large
 * system, 1 − environments / load where that is above 0 (Jagerman 1974).
 * @param load busy environments on average: rate × duration (F30)
 */
export function blockingOf(environments: number, load: number): number {
  if (environments <= EXACT_ENVIRONMENTS) return erlangB(environments, load);
  return Math.max(0, 1 - environments / load);
}

/** Largest load of which the environments refuse at most that share; by halving, since blocking grows with the load. */
export function carriedLoad(environments: number, blockingRatio: number): number {
  let low = 0;
  // Carried load a (1 − B) never exceeds the environments.
  let high = blockingRatio < 1 ? environments / (1 - blockingRatio) : environments;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (blockingOf(environments, middle) <= blockingRatio) low = middle;
    else high = middle;
  }
  return low;
}

/** Fewest environments that refuse at most that share of a load, up to `most`; null where those are not enough. */
export function environmentsFor(load: number, blockingRatio: number, most: number): number | null {
  if (blockingOf(most, load) > blockingRatio) return null;
  let tooFew = 0;
  let enough = most;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (blockingOf(middle, load) <= blockingRatio) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** Requests that find an environment at once on top of a load: C − a − z√a, at most 1,000 (F33; method, section 6). */
export function roomForBurst(environments: number, load: number): number {
  const room = Math.floor(environments - load - Z_95 * Math.sqrt(load) + 1e-9);
  return Math.max(0, Math.min(room, ENVIRONMENTS_AT_ONCE));
}

/** Environments that a load and a burst on top of it need: a + z√a + b. */
export function environmentsWithBurst(load: number, burst: number): number {
  return Math.ceil(load + Z_95 * Math.sqrt(load) + burst - 1e-9);
}

/** Largest load beside which that burst finds room: a + z√a = C − b, solved for √a; null where it never does. */
export function loadBesideBurst(environments: number, burst: number): number | null {
  const free = environments - burst;
  if (free <= 0 || burst > ENVIRONMENTS_AT_ONCE) return null;
  const root = (Math.sqrt(Z_95 ** 2 + 4 * free) - Z_95) / 2;
  return root ** 2;
}
