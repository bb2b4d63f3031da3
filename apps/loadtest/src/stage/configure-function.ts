import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
} from '@aws-sdk/client-lambda';
import type { StageConnection } from './stage-connection.ts';

/** Settings of a function that limits set: seconds and MB, as Lambda spells them (F37). */
export interface FunctionSettings {
  readonly Timeout?: number;
  readonly MemorySize?: number;
}

/** Lambda takes seconds; more than this is an update that hangs. */
const UPDATE_LIMIT_SECONDS = 120;

/**
 * Changes what differs, and returns once Lambda says that the update was successful: from then on invocations run
 * under the new settings.
 */
export async function configureFunction(
  { lambda, functionName: FunctionName }: Pick<StageConnection, 'lambda' | 'functionName'>,
  wanted: FunctionSettings,
): Promise<void> {
  const untilUpdated = () =>
    waitUntilFunctionUpdated(
      { client: lambda, maxWaitTime: UPDATE_LIMIT_SECONDS, minDelay: 1 },
      { FunctionName },
    );
  const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const keys = Object.keys(wanted) as (keyof FunctionSettings)[];
  // Lambda refuses an update while another one is under way, such as one that Ctrl-C cut short.
  if (found.LastUpdateStatus === 'InProgress') await untilUpdated();
  if (keys.every((key) => found[key] === wanted[key])) return;
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...wanted }));
  await untilUpdated();
}
