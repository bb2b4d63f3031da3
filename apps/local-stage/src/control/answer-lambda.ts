import * as z from 'zod';
import { ReservationError } from '../lambda/account-concurrency.ts';
import { functionArn } from '../template/function-model.ts';
import { AwsError } from './aws-error.ts';
import { parseInput } from './parse-input.ts';
import type { ControlledFunction, StageControls } from './stage-controls.ts';

const configurationSchema = z.strictObject({
  /** Seconds (F37). */
  Timeout: z.int().min(1).max(900).optional(),
  /** MB (F37). */
  MemorySize: z.int().min(128).max(10_240).optional(),
});

const concurrencySchema = z.looseObject({ ReservedConcurrentExecutions: z.int().min(0) });

/** `GET …/functions/{name}/configuration` */
export function getFunctionConfiguration(name: string, controls: StageControls): unknown {
  return describe(findFunction(name, controls), controls);
}

/** `PUT …/functions/{name}/configuration`: timeout and memory, for the next invocations; anything else is refused by name. */
export function updateFunctionConfiguration(name: string, input: unknown, controls: StageControls): unknown {
  const found = findFunction(name, controls);
  const { Timeout, MemorySize } = parseInput(configurationSchema, input, 'InvalidParameterValueException');
  found.pool.configure({
    ...(Timeout === undefined ? {} : { timeoutMs: Timeout * 1000 }),
    ...(MemorySize === undefined ? {} : { memorySizeMb: MemorySize }),
  });
  return describe(found, controls);
}

/** `GET …/functions/{name}/concurrency`: empty where nothing is reserved. */
export function getFunctionConcurrency(name: string, controls: StageControls): unknown {
  return describeConcurrency(findFunction(name, controls));
}

/** `PUT …/functions/{name}/concurrency`, within what the account can spare (F31). */
export function putFunctionConcurrency(name: string, input: unknown, controls: StageControls): unknown {
  const found = findFunction(name, controls);
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
  findFunction(name, controls).pool.configure({ reservedConcurrency: null });
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

function describe({ model, pool }: ControlledFunction, { startedAt }: StageControls): unknown {
  return {
    FunctionName: model.name,
    FunctionArn: model.arn,
    Runtime: model.runtime,
    Handler: model.handler,
    ...(model.roleArn === null ? {} : { Role: model.roleArn }),
    // The CDK's hash of the bundle, since nothing was zipped.
    CodeSha256: Buffer.from(model.bundleHash, 'hex').toString('base64'),
    Timeout: pool.definition.timeoutMs / 1000,
    MemorySize: pool.definition.memorySizeMb,
    LastModified: startedAt.toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    Environment: { Variables: model.environment },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

/** By name, ARN, or `account:function:name`. */
function findFunction(given: string, { functions, model }: StageControls): ControlledFunction {
  const name = /(?:^|:)function:([^:]+)/.exec(given)?.[1] ?? given;
  const found = functions.get(name);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(model, name)}`, 404);
}
