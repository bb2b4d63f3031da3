import { GetStageCommand, UpdateStageCommand, type PatchOperation } from '@aws-sdk/client-api-gateway';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { limitsSchema, type BucketLimits, type Limits } from '@spillway/throttle';
import { configureFunction } from './configure-function.ts';
import type { StageConnection } from './stage-connection.ts';

/** Reads what the stage enforces now, from the services that enforce it. */
export async function readLimits(stage: StageConnection): Promise<Limits> {
  const { restApiId, apiStageName: stageName, functionName } = stage;
  const [gateway, configuration, concurrency] = await Promise.all([
    stage.apiGateway.send(new GetStageCommand({ restApiId, stageName })),
    stage.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
    stage.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName })),
  ]);
  const everyMethod = gateway.methodSettings?.['*/*'];
  const found = {
    rateLimit: everyMethod?.throttlingRateLimit,
    burstLimit: everyMethod?.throttlingBurstLimit,
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
      `stack ${stackName}: found limits ${JSON.stringify(found)}, want a throttle on every method, reserved ` +
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
  await setStageThrottle(stage, account);
  await stage.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: stage.functionName }));
}

/** Makes the stage enforce these limits, and the function have this memory. */
export async function applyLimits(stage: StageConnection, limits: Limits): Promise<void> {
  await setStageThrottle(stage, limits);
  await stage.lambda.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: stage.functionName,
      ReservedConcurrentExecutions: limits.reservedConcurrency,
    }),
  );
  await configureFunction(stage, { Timeout: limits.timeoutSeconds, MemorySize: limits.memorySize });
}

async function setStageThrottle(stage: StageConnection, throttle: BucketLimits): Promise<void> {
  const patch = (name: string, value: number): PatchOperation => ({
    op: 'replace',
    path: `/*/*/throttling/${name}`,
    value: String(value),
  });
  await stage.apiGateway.send(
    new UpdateStageCommand({
      restApiId: stage.restApiId,
      stageName: stage.apiStageName,
      patchOperations: [patch('rateLimit', throttle.rateLimit), patch('burstLimit', throttle.burstLimit)],
    }),
  );
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

/** Puts back the limits found before the run. @throws LimitsNotRestoredError */
export async function restoreLimits(stage: StageConnection, limits: Limits): Promise<void> {
  await applyLimits(stage, limits).catch((cause: unknown) => {
    throw new LimitsNotRestoredError(stage.stackName, limits, cause);
  });
}
