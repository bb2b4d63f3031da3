import { ReservationError } from '../lambda/account-concurrency.ts';
import { controls, FUNCTION_ARN, refusalOf } from './__fixtures__/controls.ts';
import {
  getAccountSettings,
  getFunctionConfiguration,
  putFunctionConcurrency,
  updateFunctionConfiguration,
} from './answer-lambda.ts';

const code = 'InvalidParameterValueException';

describe('getFunctionConfiguration', () => {
  it.each([['f'], [FUNCTION_ARN], [`${FUNCTION_ARN}:$LATEST`], ['000000000000:function:f']])(
    'finds %s',
    (name) => {
      expect(getFunctionConfiguration(name, controls())).toMatchObject({
        FunctionArn: expect.stringMatching(/:function:f(:\$LATEST)?$/) as string,
        Version: '$LATEST',
        Timeout: 3,
        MemorySize: 128,
        Environment: { Variables: { COLOUR: 'blue' } },
      });
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
