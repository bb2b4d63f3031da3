import type { MetricsRecorder } from './control/metrics-recorder.ts';
import type { ControlledFunction } from './control/stage-controls.ts';
import { AccountConcurrency } from './lambda/account-concurrency.ts';
import { FunctionVersions } from './lambda/function-versions.ts';
import { FunctionPool, type PoolPolicy } from './lambda/function-pool.ts';
import type { HostLimits } from './lambda/host-limits.ts';
import type { LocalStageOptions } from './local-stage.ts';
import { playedFunction } from './played-function.ts';
import type { ShutdownList } from './shutdown-list.ts';
import type { FunctionModel } from './template/function-model.ts';
import type { StageModel } from './template/stage-model.ts';

/** A function with its pool, as the gateway calls it and the AWS endpoint changes it. */
export type PlayedFunction = ControlledFunction & { readonly pool: FunctionPool };

/** The functions of the stage. */
export interface PlayedFunctions {
  readonly byName: ReadonlyMap<string, PlayedFunction>;
  /**
   * Plays those of another template from now on; pools of the same name stay, and run the new code.
   * @throws ReservationError
   */
  replace(model: StageModel): void;
}

/**
 * Opens a pool for each function of the template, all in one account.
 * @param tablesEndpoint where the functions find DynamoDB
 * @throws ReservationError
 */
export function startFunctions(
  model: StageModel,
  tablesEndpoint: string,
  metrics: MetricsRecorder,
  options: LocalStageOptions,
  shutdown: ShutdownList,
): PlayedFunctions {
  const account = new AccountConcurrency(options.quotas.concurrency);
  const byName = new Map<string, PlayedFunction>();
  const play = (fn: FunctionModel): void => {
    const known = byName.get(fn.name);
    // Beside the known ones until the account has let the reservation in.
    const versions = known?.versions.redeclared(fn) ?? new FunctionVersions(fn);
    const declared = playedFunction(fn, tablesEndpoint, versions.called, options);
    const definition = { ...declared, reservedConcurrency: reservationOf(fn, known) };
    if (known) known.pool.replace(definition);
    const pool =
      known?.pool ??
      new FunctionPool(definition, hostLimits(fn, options), account, metrics, poolPolicy(options));
    if (!known) shutdown.add(() => stop(fn.name, pool, options));
    byName.set(fn.name, { model: fn, pool, versions, tags: known?.tags ?? new Map() });
  };
  const replace = (next: StageModel): void => {
    const names = new Set(next.functions.map(({ name }) => name));
    for (const [name, { pool }] of byName) {
      if (names.has(name)) continue;
      byName.delete(name);
      // Neither its slots nor its processes are anybody's any more; what it runs is cut off.
      account.leave(name);
      void pool.close();
    }
    // What is given back first: the account must never seem to hold both the old and the new reservations.
    const growth = (fn: FunctionModel): number => {
      const known = byName.get(fn.name);
      return (reservationOf(fn, known) ?? 0) - (known?.pool.definition.reservedConcurrency ?? 0);
    };
    for (const fn of next.functions.toSorted((a, b) => growth(a) - growth(b))) play(fn);
  };
  for (const fn of model.functions) play(fn);
  return { byName, replace };
}

/** What the AWS endpoint has made of it, where the template declares the same as before. */
function reservationOf(fn: FunctionModel, known: PlayedFunction | undefined): number | null {
  const isSame = known?.model.reservedConcurrency === fn.reservedConcurrency;
  return known && isSame ? known.pool.definition.reservedConcurrency : fn.reservedConcurrency;
}

/** Without spares every environment is as Lambda's: started by a request, and ended some time after its last. */
function poolPolicy({ spares }: LocalStageOptions): PoolPolicy {
  return spares === 0 ? { spares, keptIdle: 0 } : { spares };
}

async function stop(name: string, pool: FunctionPool, { report }: LocalStageOptions): Promise<void> {
  const { concurrentExecutions: running } = pool.stats();
  if (running > 0) report(`${name}: stopped while ${running} ${running === 1 ? 'request' : 'requests'} ran`);
  await pool.close();
}

function hostLimits(fn: FunctionModel, { maxEnvironments, report }: LocalStageOptions): HostLimits {
  return {
    maxEnvironments,
    onCeilingReached: () =>
      report(
        `${fn.name}: all ${maxEnvironments} environments of this machine are busy, requests wait; ` +
          'that is this host, not Lambda (--max-environments)',
      ),
    onFailure: report,
  };
}
