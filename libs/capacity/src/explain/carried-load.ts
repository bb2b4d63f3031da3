import { ENVIRONMENTS_AT_ONCE } from '../aws-rules.ts';
import { loadWithSpread } from '../limits/sizing.ts';
import { Z_95 } from '../statistics/bounds.ts';
import { erlangB } from '../statistics/erlang.ts';

/** Largest load of which the environments refuse at most that share; by halving, since blocking grows with the load. */
export function carriedLoad(environments: number, blockingRatio: number): number {
  let low = 0;
  // Carried load a (1 − B) never exceeds the environments.
  let high = blockingRatio < 1 ? environments / (1 - blockingRatio) : environments;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (erlangB(environments, middle) <= blockingRatio) low = middle;
    else high = middle;
  }
  return low;
}

/** Requests that find an environment at once on top of a load: C − a − z√a, at most 1,000 (F33; method, section 6). */
export function roomForBurst(environments: number, load: number): number {
  const room = Math.floor(environments - loadWithSpread(load) + 1e-9);
  return Math.max(0, Math.min(room, ENVIRONMENTS_AT_ONCE));
}

/** Largest load beside which that burst finds room: a + z√a = C − b, solved for √a; null where it never does. */
export function loadBesideBurst(environments: number, burst: number): number | null {
  const free = environments - burst;
  if (free <= 0 || burst > ENVIRONMENTS_AT_ONCE) return null;
  const root = (Math.sqrt(Z_95 ** 2 + 4 * free) - Z_95) / 2;
  return root ** 2;
}
