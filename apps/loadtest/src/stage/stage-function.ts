import type { LambdaClient } from '@aws-sdk/client-lambda';
import { AliasedFunction } from './aliased-function.ts';
import { DirectFunction } from './direct-function.ts';

/** Settings of a function that limits set: seconds and MB, as Lambda spells them (F37). */
export interface FunctionSettings {
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
}

/** All of a function that limits set. `reserved`: concurrent executions. */
export interface FunctionState extends FunctionSettings {
  readonly reserved: number;
}

/** The function behind a stage's gateway, as the gateway calls it. */
export interface StageFunction {
  /** Version that the gateway's alias was on when it was opened; null where it calls the function itself. */
  readonly version: string | null;
  /** What requests run under. */
  readSettings(): Promise<FunctionSettings>;
  /** Reserved concurrent executions; undefined where none are. */
  readReserved(): Promise<number | undefined>;
  /** Readies it for changes, so that whatever that costs is over before a measurement. */
  prepare(): Promise<void>;
  /**
   * Changes what differs; returns once Lambda says that it is updated. How soon after that invocations run under the new
   * settings is not promised.
   */
  configure(wanted: FunctionSettings): Promise<void>;
  reserve(concurrency: number): Promise<void>;
  /** Gives up the reservation. */
  release(): Promise<void>;
  /**
   * Puts back what was found, and undoes `prepare`: each of them whether or not another could be.
   * @returns why what could not be put back was not; empty where all was
   */
  restore(found: FunctionState): Promise<readonly unknown[]>;
}

/**
 * @param alias what the gateway calls; undefined where it calls the function itself
 * @throws AliasError
 */
export async function openFunction(
  lambda: LambdaClient,
  functionName: string,
  alias: string | undefined,
): Promise<StageFunction> {
  if (alias === undefined) return new DirectFunction(lambda, functionName);
  return AliasedFunction.open(lambda, functionName, alias);
}
