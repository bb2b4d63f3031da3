import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { retryConflict } from './retry-conflict.ts';
import type { FunctionSettings } from './stage-function.ts';

/** Lambda takes seconds; more than this is an update that hangs. */
const UPDATE_LIMIT_SECONDS = 120;

/**
 * Changes what differs in `$LATEST`, and returns once Lambda says that the update was successful. How soon after that
 * its invocations run under the new settings is not promised.
 */
export async function configureFunction(
  { lambda, functionName: FunctionName }: { readonly lambda: LambdaClient; readonly functionName: string },
  wanted: FunctionSettings,
): Promise<void> {
  const untilUpdated = () =>
    waitUntilFunctionUpdated(
      { client: lambda, maxWaitTime: UPDATE_LIMIT_SECONDS, minDelay: 1 },
      { FunctionName },
    );
  const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Timeout, MemorySize } = wanted;
  const settings = {
    ...(Timeout === undefined ? {} : { Timeout }),
    ...(MemorySize === undefined ? {} : { MemorySize }),
  };
  const keys = Object.keys(settings) as (keyof FunctionSettings)[];
  // Lambda refuses an update while another one is under way, such as one that Ctrl-C cut short.
  if (found.LastUpdateStatus === 'InProgress') await untilUpdated();
  if (keys.every((key) => found[key] === settings[key])) return;
  const update = new UpdateFunctionConfigurationCommand({ FunctionName, ...settings });
  await retryConflict(() => lambda.send(update));
  await untilUpdated();
}
