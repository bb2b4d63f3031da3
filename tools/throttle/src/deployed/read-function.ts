import {
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListTagsCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Limits } from '@spillway/throttle';

/** Limits that the function carries; null where none is set. */
export type FunctionLimits = {
  readonly [Name in 'reservedConcurrency' | 'memorySize' | 'timeoutSeconds']: Limits[Name] | null;
};

/** The alias that the gateway calls. */
export interface CalledAlias {
  readonly name: string;
  /** More than one while a deployment shifts the traffic. */
  readonly versions: readonly string[];
}

/** Tag in which a load test says that the stage is its own, and until when. */
const LEASE_TAG = 'spillway:lease';

/** The function as requests meet it. */
export interface CalledFunction {
  readonly limits: FunctionLimits;
  /** Null where the gateway calls the function itself. */
  readonly alias: CalledAlias | null;
  /** As a load test wrote it; null where none holds the stage. */
  readonly lease: string | null;
}

/** What requests run under: the settings of the version that the alias calls, and the function's own reservation. */
export async function readFunction(
  lambda: LambdaClient,
  FunctionName: string,
  alias: string | undefined,
): Promise<CalledFunction> {
  const called = { FunctionName, ...(alias === undefined ? {} : { Qualifier: alias }) };
  const [concurrency, configuration, calledAlias, lease] = await Promise.all([
    lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    lambda.send(new GetFunctionConfigurationCommand(called)),
    alias === undefined ? null : readAlias(lambda, FunctionName, alias),
    readLease(lambda, FunctionName),
  ]);
  return {
    limits: {
      reservedConcurrency: concurrency.ReservedConcurrentExecutions ?? null,
      memorySize: configuration.MemorySize ?? null,
      timeoutSeconds: configuration.Timeout ?? null,
    },
    alias: calledAlias,
    lease,
  };
}

async function readAlias(lambda: LambdaClient, FunctionName: string, Name: string): Promise<CalledAlias> {
  const { FunctionVersion, RoutingConfig } = await lambda.send(new GetAliasCommand({ FunctionName, Name }));
  const others = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  return { name: Name, versions: [FunctionVersion ?? '$LATEST', ...others] };
}

/** Tags are the function's, not a version's. */
async function readLease(lambda: LambdaClient, FunctionName: string): Promise<string | null> {
  const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }));
  return Tags?.[LEASE_TAG] ?? null;
}
