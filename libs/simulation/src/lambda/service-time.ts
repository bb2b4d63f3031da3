import { exponential } from '../random-streams.ts';

/**
 * How long the handler takes, ms, its own write included, cold starts and retries of that write not.
 * - lognormal: by its mean and its coefficient of variation (standard deviation / mean)
 * - measured: quantiles at equal steps from the least to the most, as many as there are
 * - recorded: one after the other, in the order of invocations, then from the start again
 */
export type ServiceTime =
  | { readonly kind: 'constant'; readonly meanMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly variation: number }
  | { readonly kind: 'measured'; readonly quantilesMs: Float64Array }
  | { readonly kind: 'recorded'; readonly timesMs: Float64Array };

/** Mean of a service time, ms. */
export function meanServiceMs(service: ServiceTime): number {
  if (service.kind === 'recorded') {
    return service.timesMs.reduce((sum, one) => sum + one, 0) / service.timesMs.length;
  }
  if (service.kind !== 'measured') return service.meanMs;
  const { quantilesMs: all } = service;
  if (all.length < 2) return all[0] ?? 0;
  // Drawn by interpolation, the distribution is uniform between neighbours.
  const ends = ((all[0] as number) + (all.at(-1) as number)) / 2;
  return (all.reduce((sum, one) => sum + one, 0) - ends) / (all.length - 1);
}

/** Draws service times, by inversion; normal numbers by Box and Muller, Ann. Math. Statist. 29 (1958) 610. */
export function serviceTimes(service: ServiceTime, uniform: () => number): () => number {
  switch (service.kind) {
    case 'constant':
      return () => service.meanMs;
    case 'exponential':
      return () => service.meanMs * exponential(uniform);
    case 'lognormal': {
      const variance = Math.log1p(service.variation ** 2);
      const location = Math.log(service.meanMs) - variance / 2;
      const sigma = Math.sqrt(variance);
      return () => {
        const normal = Math.sqrt(2 * exponential(uniform)) * Math.cos(2 * Math.PI * uniform());
        return Math.exp(location + sigma * normal);
      };
    }
    case 'recorded': {
      const { timesMs } = service;
      let next = 0;
      return () => timesMs[next++ % timesMs.length] as number;
    }
    case 'measured': {
      const { quantilesMs: all } = service;
      const steps = all.length - 1;
      return () => {
        const at = uniform() * steps;
        const below = Math.floor(at);
        const lowMs = all[below] as number;
        return lowMs + (at - below) * ((all[below + 1] ?? lowMs) - lowMs);
      };
    }
  }
}
