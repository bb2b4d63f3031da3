import type { LambdaClient } from '@aws-sdk/client-lambda';
import { AliasedFunction } from './aliased-function.ts';
import { DirectFunction } from './direct-function.ts';

/** Settings of a function that limits set: seconds and MB, as Lambda spells them (F37). */
export interface FunctionSettings {
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
}

/** The function behind a stage's gateway, as the gateway calls it. */
export interface StageFunction {
  /** What requests run under. */
  readSettings(): Promise<FunctionSettings>;
  /** Readies it for changes, so that whatever that costs is over before a measurement. */
  prepare(): Promise<void>;
  /** Changes what differs; returns once invocations run under the new settings. */
  configure(wanted: FunctionSettings): Promise<void>;
  /** Puts back what was found, and undoes `prepare`. */
  restore(found: FunctionSettings): Promise<void>;
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
