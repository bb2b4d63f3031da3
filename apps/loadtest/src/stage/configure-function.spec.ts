import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { configureFunction } from './configure-function.ts';

/** Lambda, whose updates take so many looks until they are done, or fail. */
function lambdaOf(
  start: FunctionConfiguration,
  looksUntilDone = 0,
  ends: 'Successful' | 'Failed' = 'Successful',
) {
  const calls: string[] = [];
  let configuration: FunctionConfiguration = { LastUpdateStatus: 'Successful', ...start };
  let looksLeft = configuration.LastUpdateStatus === 'InProgress' ? looksUntilDone : 0;
  const send = async (command: object) => {
    if (command instanceof UpdateFunctionConfigurationCommand) {
      const { Timeout, MemorySize } = command.input;
      const wanted = { Timeout, MemorySize };
      calls.push(`update ${JSON.stringify(wanted)}`);
      if (configuration.LastUpdateStatus === 'InProgress')
        throw Object.assign(new Error('an update is in progress'), { name: 'ResourceConflictException' });
      configuration = {
        ...configuration,
        ...(Timeout === undefined ? {} : { Timeout }),
        ...(MemorySize === undefined ? {} : { MemorySize }),
        LastUpdateStatus: looksUntilDone > 0 ? 'InProgress' : ends,
      };
      looksLeft = looksUntilDone;
    } else if (command instanceof GetFunctionConfigurationCommand) {
      calls.push('look');
      looksLeft -= 1;
      if (configuration.LastUpdateStatus === 'InProgress' && looksLeft < 0)
        configuration = { ...configuration, LastUpdateStatus: ends };
    }
    return configuration;
  };
  return { calls, found: () => configuration, lambda: { send } as unknown as LambdaClient };
}

const functionName = 'f';

describe('configureFunction', () => {
  it('sends nothing where the function has what is wanted', async () => {
    const { calls, lambda } = lambdaOf({ Timeout: 4, MemorySize: 512 });
    await configureFunction({ lambda, functionName }, { Timeout: 4, MemorySize: 512 });
    expect(calls).toEqual(['look']);
  });

  it('returns once Lambda says that the update was successful', async () => {
    const { calls, found, lambda } = lambdaOf({ MemorySize: 1024 }, 1);
    await configureFunction({ lambda, functionName }, { MemorySize: 512 });
    expect(calls).toEqual(['look', 'update {"MemorySize":512}', 'look', 'look']);
    expect(found()).toMatchObject({ MemorySize: 512, LastUpdateStatus: 'Successful' });
  });

  it('waits for an update that is under way before it sends its own', async () => {
    const { calls, lambda } = lambdaOf({ MemorySize: 512, LastUpdateStatus: 'InProgress' }, 2);
    await configureFunction({ lambda, functionName }, { MemorySize: 1024 });
    expect(calls.slice(0, 4)).toEqual(['look', 'look', 'look', 'update {"MemorySize":1024}']);
  });

  it('sends its own again where another update came in between', async () => {
    const { calls, found, lambda } = lambdaOf({ MemorySize: 1024 }, 0);
    const { send } = lambda as unknown as { send: (command: object) => Promise<unknown> };
    let refusals = 1;
    const refusing = async (command: object): Promise<unknown> => {
      if (command instanceof UpdateFunctionConfigurationCommand && refusals-- > 0)
        throw Object.assign(new Error('an update is in progress'), { name: 'ResourceConflictException' });
      return send(command);
    };
    await configureFunction(
      { lambda: { send: refusing } as unknown as LambdaClient, functionName },
      { MemorySize: 512 },
    );
    expect(calls).toEqual(['look', 'update {"MemorySize":512}', 'look']);
    expect(found()).toMatchObject({ MemorySize: 512 });
  });

  it('fails where the update fails', async () => {
    const { lambda } = lambdaOf({ MemorySize: 1024 }, 0, 'Failed');
    await expect(configureFunction({ lambda, functionName }, { MemorySize: 512 })).rejects.toThrow();
  });
});
