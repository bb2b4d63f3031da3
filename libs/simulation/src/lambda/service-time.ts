import { exponential } from '../random-streams.ts';

/**
 * How long the handler takes, ms, its own write included, cold starts and retries of that write not.
 * - lognormal: by its mean and its coefficient of variation (standard deviation / mean)
 * - measured: one of them, each as likely (with replacement: the empirical distribution), in any order
 * - recorded: one after the other, in the order of invocations, then from the start again
 */
export type ServiceTime =
  | { readonly kind: 'constant'; readonly meanMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly variation: number }
  | { readonly kind: 'measured'; readonly timesMs: Float64Array }
  | { readonly kind: 'recorded'; readonly timesMs: Float64Array };

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
      const { timesMs } = service;
      return () => timesMs[Math.floor(uniform() * timesMs.length)] as number;
    }
  }
}
