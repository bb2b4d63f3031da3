import * as z from 'zod';
import { ReservationError } from '../lambda/account-concurrency.ts';
import { AwsError } from './aws-error.ts';
import { describeVersion } from './describe-version.ts';
import { findFunction, findWholeFunction, playCalledVersion } from './find-function.ts';
import { parseInput } from './parse-input.ts';
import type { ControlledFunction, StageControls } from './stage-controls.ts';

const configurationSchema = z.strictObject({
  /** Seconds (F37). */
  Timeout: z.int().min(1).max(900).optional(),
  /** MB (F37). */
  MemorySize: z.int().min(128).max(10_240).optional(),
});

const concurrencySchema = z.looseObject({ ReservedConcurrentExecutions: z.int().min(0) });

/**
 * `GET …/functions/{name}/configuration`, of the version that the name or the query qualifies it with.
 * @param qualifier of the query
 */
export function getFunctionConfiguration(
  name: string,
  controls: StageControls,
  qualifier: string | null = null,
): unknown {
  const found = findFunction(name, controls, qualifier);
  return describeVersion(found, found.qualifier, controls);
}

/**
 * `PUT …/functions/{name}/configuration`: timeout and memory of `$LATEST`, for its next invocations; anything else is
 * refused by name.
 */
export function updateFunctionConfiguration(name: string, input: unknown, controls: StageControls): unknown {
  const found = findWholeFunction(name, controls);
  const { Timeout, MemorySize } = parseInput(configurationSchema, input, 'InvalidParameterValueException');
  found.versions.configure({
    ...(Timeout === undefined ? {} : { timeoutMs: Timeout * 1000 }),
    ...(MemorySize === undefined ? {} : { memorySizeMb: MemorySize }),
  });
  playCalledVersion(found);
  return describeVersion(found, null, controls);
}

/** `GET …/functions/{name}/concurrency`: empty where nothing is reserved. */
export function getFunctionConcurrency(name: string, controls: StageControls): unknown {
  return describeConcurrency(findFunction(name, controls));
}

/** `PUT …/functions/{name}/concurrency`, within what the account can spare (F31). */
export function putFunctionConcurrency(name: string, input: unknown, controls: StageControls): unknown {
  const found = findWholeFunction(name, controls);
  const { ReservedConcurrentExecutions: reserved } = parseInput(
    concurrencySchema,
    input,
    'InvalidParameterValueException',
  );
  try {
    found.pool.configure({ reservedConcurrency: reserved });
  } catch (error) {
    if (!(error instanceof ReservationError)) throw error;
    throw new AwsError('InvalidParameterValueException', error.message);
  }
  return describeConcurrency(found);
}

/** `DELETE …/functions/{name}/concurrency` */
export function deleteFunctionConcurrency(name: string, controls: StageControls): unknown {
  findWholeFunction(name, controls).pool.configure({ reservedConcurrency: null });
  return null;
}

/** `GET /2016-08-19/account-settings`: the concurrency, and what no function has reserved (F31). */
export function getAccountSettings({ quotas, functions }: StageControls): unknown {
  const reserved = [...functions.values()].reduce(
    (sum, { pool }) => sum + (pool.definition.reservedConcurrency ?? 0),
    0,
  );
  return {
    AccountLimit: {
      ConcurrentExecutions: quotas.concurrency,
      UnreservedConcurrentExecutions: quotas.concurrency - reserved,
    },
    AccountUsage: { FunctionCount: functions.size },
  };
}

function describeConcurrency({ pool }: ControlledFunction): unknown {
  const { reservedConcurrency } = pool.definition;
  return reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
}
