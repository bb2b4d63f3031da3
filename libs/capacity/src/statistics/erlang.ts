/** Beyond this many servers the recursion gives way to its limit. */
const EXACT_SERVERS = 100_000;

/**
 * Erlang B: the share of arrivals refused by `servers` of which none is free, at an offered load of `load` erlangs
 * (rate × mean holding time), whatever the distribution of the holding time (F34).
 * B(0) = 1, B(k) = a B(k−1) / (k + a B(k−1)): Jagerman, Bell Syst. Tech. J. 53 (1974) 525. Beyond 100,000 servers by
 * the limit of a large system, 1 − servers / load where that is above 0 (same paper).
 */
export function erlangB(servers: number, load: number): number {
  if (servers > EXACT_SERVERS) return Math.max(0, 1 - servers / load);
  let blocking = 1;
  for (let k = 1; k <= servers; k += 1) blocking = (load * blocking) / (k + load * blocking);
  return blocking;
}

/**
 * Fewest servers that refuse at most `blockingRatio` of a load.
 * @returns null when `most` servers are not enough
 */
export function erlangServers(load: number, blockingRatio: number, most: number): number | null {
  let blocking = 1;
  for (let k = 1; k <= Math.min(most, EXACT_SERVERS); k += 1) {
    blocking = (load * blocking) / (k + load * blocking);
    if (blocking <= blockingRatio) return k;
  }
  if (most <= EXACT_SERVERS) return null;
  let enough = Math.max(EXACT_SERVERS + 1, Math.floor((1 - blockingRatio) * load));
  // The product may be rounded down past the last server.
  while (erlangB(enough, load) > blockingRatio) enough += Math.max(1, enough * Number.EPSILON);
  return enough <= most ? enough : null;
}
