import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { AliasedFunction } from './aliased-function.ts';

const DEPLOYED = { Timeout: 4, MemorySize: 1024 };

interface Given {
  readonly version?: string;
  readonly weights?: Record<string, number>;
  readonly latestCode?: string;
  /** Versions that the alias can't be pointed at. */
  readonly refuses?: readonly string[];
}

/** Lambda with one function: version 7 behind alias `live`, deployed from what `$LATEST` is. */
function lambdaWith({ version = '7', weights, latestCode = 'code', refuses = [] }: Given = {}) {
  const calls: string[] = [];
  let points = version;
  let latest = { ...DEPLOYED };
  const send = async (command: object) => {
    if (command instanceof GetAliasCommand) {
      return { FunctionVersion: points, RoutingConfig: { AdditionalVersionWeights: weights } };
    }
    if (command instanceof UpdateAliasCommand) {
      const to = command.input.FunctionVersion ?? '';
      calls.push(`point ${to}`);
      if (refuses.includes(to)) throw new Error('not now');
      points = to;
    }
    if (command instanceof UpdateFunctionConfigurationCommand) {
      const { Timeout = latest.Timeout, MemorySize = latest.MemorySize } = command.input;
      latest = { Timeout, MemorySize };
      calls.push(`update ${Timeout} s ${MemorySize} MB`);
    }
    if (command instanceof GetFunctionConfigurationCommand) {
      const isVersion = command.input.Qualifier !== undefined && points !== '$LATEST';
      const settings = isVersion ? DEPLOYED : latest;
      const CodeSha256 = isVersion ? 'code' : latestCode;
      return { ...settings, CodeSha256, LastUpdateStatus: 'Successful' };
    }
    return {};
  };
  return { calls, points: () => points, lambda: { send } as unknown as LambdaClient };
}

describe('AliasedFunction', () => {
  it('lets requests run what is tried, and publishes no version for it', async () => {
    const { calls, lambda, points } = lambdaWith();
    const fn = await AliasedFunction.open(lambda, 'f', 'live');
    expect(await fn.readSettings()).toMatchObject(DEPLOYED);
    await fn.configure({ MemorySize: 512 });
    await fn.configure({ Timeout: 9 });
    expect(calls).toEqual(['update 4 s 512 MB', 'point $LATEST', 'update 9 s 512 MB']);
    expect([points(), await fn.readSettings()]).toMatchObject(['$LATEST', { Timeout: 9, MemorySize: 512 }]);
  });

  it('points the alias back before anything else, and puts $LATEST back', async () => {
    const { calls, lambda, points } = lambdaWith();
    const fn = await AliasedFunction.open(lambda, 'f', 'live');
    await fn.prepare();
    await fn.configure({ MemorySize: 512 });
    await fn.restore(DEPLOYED);
    expect(calls.slice(-2)).toEqual(['point 7', 'update 4 s 1024 MB']);
    expect(points()).toBe('7');
  });

  it('points the alias back also when nobody knows whether it was moved', async () => {
    const { calls, lambda } = lambdaWith({ refuses: ['$LATEST'] });
    const fn = await AliasedFunction.open(lambda, 'f', 'live');
    await expect(fn.prepare()).rejects.toThrow('not now');
    await fn.restore(DEPLOYED);
    expect(calls).toEqual(['point $LATEST', 'point 7']);
  });

  it('says where the alias was left when it could not be pointed back', async () => {
    const { lambda } = lambdaWith({ refuses: ['7'] });
    const fn = await AliasedFunction.open(lambda, 'f', 'live');
    await fn.prepare();
    await expect(fn.restore(DEPLOYED)).rejects.toMatchObject({
      code: 'ALIAS',
      message: expect.stringMatching(
        /^function f, alias live: found it on \$LATEST still, want version 7; /,
      ) as string,
    });
  });

  it.each<[string, Given, RegExp]>([
    [
      'left on $LATEST',
      { version: '$LATEST' },
      /found \$LATEST, .*update-alias --function-name f --name live/,
    ],
    ['in the middle of a deployment', { weights: { 8: 0.1 } }, /found versions 7 and 8, want one; wait/],
    ['of other code than $LATEST', { latestCode: 'newer' }, /found other code in version 7 .*; deploy/],
  ])('is none %s', async (_what, given, message) => {
    const { calls, lambda } = lambdaWith(given);
    await expect(AliasedFunction.open(lambda, 'f', 'live')).rejects.toThrow(message);
    expect(calls).toEqual([]);
  });
});
