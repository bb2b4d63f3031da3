import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { limitsSchema, type BucketLimits, type Limits } from '@spillway/throttle';
import type { StageConnection } from './stage-connection.ts';

/** Reads what the stage enforces now, from the services that enforce it. */
export async function readLimits(stage: StageConnection): Promise<Limits> {
  const { gateway, ingestFunction, lambda, functionName } = stage;
  const [throttle, configuration, concurrency] = await Promise.all([
    gateway.readThrottle(),
    ingestFunction.readSettings(),
    lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName })),
  ]);
  const found = {
    ...throttle,
    reservedConcurrency: concurrency.ReservedConcurrentExecutions,
    memorySize: configuration.MemorySize,
    timeoutSeconds: configuration.Timeout,
  };
  const parsed = limitsSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new LimitsUnreadableError(stage.stackName, found, parsed.error);
}

/** A stage whose limits are not all set, such as one that an interrupted run left open. */
export class LimitsUnreadableError extends Error {
  readonly code = 'LIMITS_UNREADABLE';
  readonly stackName: string;

  constructor(stackName: string, found: object, cause: unknown) {
    super(
      `stack ${stackName}: found limits ${JSON.stringify(found)}, want a throttle on every route, reserved ` +
        'concurrency and a timeout within 29 s; deploy the stack again to put them back',
      { cause },
    );
    this.name = 'LimitsUnreadableError';
    this.stackName = stackName;
  }
}

/**
 * Opens the stage up to the account's own limits, so that a test finds the system and not its throttle
 * (method, section 0): stage throttle at the account's, no reserved concurrency.
 */
export async function liftLimits(stage: StageConnection, account: BucketLimits): Promise<void> {
  await stage.ingestFunction.prepare();
  await stage.gateway.setThrottle(account);
  await stage.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: stage.functionName }));
}

/** Makes the stage enforce these limits, and the function have this memory. */
export async function applyLimits(stage: StageConnection, limits: Limits): Promise<void> {
  await stage.gateway.setThrottle(limits);
  await reserveConcurrency(stage, limits);
  await stage.ingestFunction.configure(settingsOf(limits));
}

async function reserveConcurrency(
  { lambda, functionName: FunctionName }: StageConnection,
  { reservedConcurrency: ReservedConcurrentExecutions }: Limits,
): Promise<void> {
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
}

function settingsOf({ timeoutSeconds: Timeout, memorySize: MemorySize }: Limits) {
  return { Timeout, MemorySize };
}

/** Lifted limits that could not be put back: the stage is open until somebody does. */
export class LimitsNotRestoredError extends Error {
  readonly code = 'LIMITS_NOT_RESTORED';
  readonly stackName: string;

  constructor(stackName: string, limits: Limits, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `stack ${stackName} was left without its limits (${reason}); want ${JSON.stringify(limits)}: ` +
        'deploy the stack again to put them back',
      { cause },
    );
    this.name = 'LimitsNotRestoredError';
    this.stackName = stackName;
  }
}

/** Puts back the limits found before the run, each of them whether or not another could be. @throws LimitsNotRestoredError */
export async function restoreLimits(stage: StageConnection, limits: Limits): Promise<void> {
  const outcomes = await Promise.allSettled([
    stage.ingestFunction.restore(settingsOf(limits)),
    stage.gateway.setThrottle(limits),
    reserveConcurrency(stage, limits),
  ]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw new LimitsNotRestoredError(stage.stackName, limits, failed.reason);
}
