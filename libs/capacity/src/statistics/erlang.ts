/**
 * Erlang B: the share of arrivals refused by `servers` of which none is free, at an offered load of `load` erlangs
 * (rate × mean holding time), whatever the distribution of the holding time (F34).
 * B(0) = 1, B(k) = a B(k−1) / (k + a B(k−1)): Jagerman, Bell Syst. Tech. J. 53 (1974) 525.
 */
export function erlangB(servers: number, load: number): number {
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
  for (let k = 1; k <= most; k += 1) {
    blocking = (load * blocking) / (k + load * blocking);
    if (blocking <= blockingRatio) return k;
  }
  return null;
}
