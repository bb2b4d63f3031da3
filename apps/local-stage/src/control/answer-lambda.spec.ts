import { ReservationError } from '../lambda/account-concurrency.ts';
import { controls, FUNCTION_ARN, refusalOf } from './__fixtures__/controls.ts';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConfiguration,
  putFunctionConcurrency,
  updateFunctionConfiguration,
} from './answer-lambda.ts';
import { getAlias, publishVersion, updateAlias } from './answer-lambda-versions.ts';
import type { StageControls } from './stage-controls.ts';

const code = 'InvalidParameterValueException';

describe('getFunctionConfiguration', () => {
  it.each([
    ['f', FUNCTION_ARN],
    [FUNCTION_ARN, FUNCTION_ARN],
    ['000000000000:function:f', FUNCTION_ARN],
    ['function:f', FUNCTION_ARN],
    ['f:$LATEST', `${FUNCTION_ARN}:$LATEST`],
    [`${FUNCTION_ARN}:$LATEST`, `${FUNCTION_ARN}:$LATEST`],
  ])('finds %s as %s', (name, FunctionArn) => {
    expect(getFunctionConfiguration(name, controls())).toMatchObject({
      FunctionArn,
      Version: '$LATEST',
      Timeout: 3,
      MemorySize: 128,
      Environment: { Variables: { COLOUR: 'blue' } },
    });
  });

  it.each(['my-function', 'my-function:live', '000000000000:function:my-function:live'])(
    'takes no end of the name %s for a prefix',
    (name) => {
      const stage = controls();
      const functions = new Map([['my-function', stage.functions.get('f')!]]);
      expect(getFunctionConfiguration(name, { ...stage, functions })).toMatchObject({ Timeout: 3 });
    },
  );

  it.each<[name: string, qualifier: string | null]>([
    [`${FUNCTION_ARN}:live`, null],
    ['f:live', null],
    ['f', 'live'],
  ])('tells the version behind the alias by %s and %s', (name, qualifier) => {
    const found = getFunctionConfiguration(name, controls(), qualifier);
    expect(found).toMatchObject({ FunctionArn: `${FUNCTION_ARN}:live`, Version: '1', Timeout: 3 });
  });

  it.each(['f:blue', 'f:2'])('finds no %s', (name) => {
    expect(refusalOf(() => getFunctionConfiguration(name, controls()))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    });
  });

  it('tells the role that the template names, and none where only a deployment knows it', () => {
    const roleArn = 'arn:aws:iam::000000000000:role/mine';
    expect(getFunctionConfiguration('f', controls({ roleArn }))).toMatchObject({ Role: roleArn });
    expect(getFunctionConfiguration('f', controls())).not.toHaveProperty('Role');
  });

  it("names the function it does not find by its ARN in the Region's partition", () => {
    expect(refusalOf(() => getFunctionConfiguration('g', controls({ region: 'cn-north-1' })))).toEqual({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: 'Function not found: arn:aws-cn:lambda:cn-north-1:000000000000:function:g',
    });
  });
});

describe('updateFunctionConfiguration', () => {
  it("takes Lambda's bounds of timeout and memory (F37)", () => {
    const stage = controls();
    const largest = { Timeout: 900, MemorySize: 10_240 };
    expect(updateFunctionConfiguration('f', largest, stage)).toMatchObject(largest);
    expect(updateFunctionConfiguration('f', { Timeout: 1 }, stage)).toMatchObject({ ...largest, Timeout: 1 });
  });

  it.each<[object, RegExp]>([
    [{ Timeout: 901 }, /^Timeout: /],
    [{ Timeout: 0 }, /^Timeout: /],
    [{ MemorySize: 127 }, /^MemorySize: /],
    [{ MemorySize: 10_241 }, /^MemorySize: /],
    [
      { Timeout: 9, Handler: 'other.handler', Environment: {} },
      /^the local stage does not change Handler, Environment$/,
    ],
  ])('refuses %j, and changes nothing', (input, message) => {
    const stage = controls();
    const refusal = refusalOf(() => updateFunctionConfiguration('f', input, stage));
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(getFunctionConfiguration('f', stage)).toMatchObject({ Timeout: 3, MemorySize: 128 });
  });
});

describe('what is changed of a function', () => {
  const calls: readonly [string, (name: string, stage: StageControls) => unknown][] = [
    [
      'updateFunctionConfiguration',
      (name, stage) => updateFunctionConfiguration(name, { Timeout: 9 }, stage),
    ],
    [
      'putFunctionConcurrency',
      (name, stage) => putFunctionConcurrency(name, { ReservedConcurrentExecutions: 0 }, stage),
    ],
    ['deleteFunctionConcurrency', deleteFunctionConcurrency],
    ['publishVersion', (name, stage) => publishVersion(name, {}, stage)],
    ['getAlias', (name, stage) => getAlias(name, 'live', stage)],
    ['updateAlias', (name, stage) => updateAlias(name, 'live', { FunctionVersion: '$LATEST' }, stage)],
  ];

  it.each(calls)('is by %s not that of an alias or a version', (_name, call) => {
    const stage = controls({ calledAs: 'live' });
    const { pool } = stage.functions.get('f')!;
    const before = pool.definition;
    for (const name of ['f:live', `${FUNCTION_ARN}:1`]) {
      expect(refusalOf(() => call(name, stage))).toMatchObject({
        code,
        message: expect.stringContaining('does not support versions other than $LATEST') as string,
      });
    }
    expect(pool.definition).toEqual(before);
    expect(getFunctionConfiguration('f', stage)).toMatchObject({ Timeout: 3 });
  });

  it.each(calls)('is by %s that of $LATEST', (_name, call) => {
    expect(() => call('f:$LATEST', controls())).not.toThrow();
  });
});

describe('putFunctionConcurrency', () => {
  it('leaves the account what is not reserved', () => {
    const stage = controls();
    putFunctionConcurrency('f', { ReservedConcurrentExecutions: 30 }, stage);
    expect(getAccountSettings(stage)).toMatchObject({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 970 },
    });
  });

  it('refuses what the account can not spare (F31)', () => {
    const stage = controls();
    const refuse = (): never => {
      throw new ReservationError('f', 901, 900);
    };
    Object.assign(stage.functions.get('f')!.pool, { configure: refuse });
    const put = () => putFunctionConcurrency('f', { ReservedConcurrentExecutions: 901 }, stage);
    expect(refusalOf(put)).toMatchObject({ code, message: expect.stringContaining('want ≤ 900') as string });
  });
});
