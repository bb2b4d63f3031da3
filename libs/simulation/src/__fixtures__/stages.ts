import type { ClientModel } from '../clients/client-model.ts';
import type { Load, StageModel } from '../stage-model.ts';

/** A stage on which nothing binds but what a test names. */
export function stageWith(changes: {
  readonly gateway?: Partial<StageModel['gateway']>;
  readonly function?: Partial<StageModel['function']>;
  readonly service?: StageModel['service'];
  readonly table?: StageModel['table'];
}): StageModel {
  return {
    gateway: { stage: null, account: null, timeoutMs: 29_000, ...changes.gateway },
    function: {
      reservedConcurrency: null,
      accountConcurrency: 10_000,
      otherReservedConcurrency: 0,
      timeoutMs: 900_000,
      coldStartMs: 0,
      idleMs: 300_000,
      warmEnvironments: 10_000,
      ...changes.function,
    },
    service: changes.service ?? { kind: 'constant', meanMs: 100 },
    table: changes.table ?? null,
    overheadMs: 0,
  };
}

/** One client that takes what it gets. */
export const patient: ClientModel = { count: 1, plan: null, retry: null };

/** A rate that stays the same. */
export function steady(
  ratePerSecond: number,
  durationMs: number,
  spacing: 'poisson' | 'even' = 'poisson',
): Load {
  const shape = { binMs: durationMs, perSecond: Float64Array.of(ratePerSecond) };
  return { arrivals: { kind: 'shaped', shape, spacing }, clients: patient };
}
