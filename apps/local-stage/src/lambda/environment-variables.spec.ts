import { environmentVariables, logStreamName } from './environment-variables.ts';

const definition = {
  name: 'ingest',
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:ingest',
  bundleDirectory: '/bundle',
  handler: 'index.handler',
  environment: { TABLE_NAME: 'entries', AWS_LAMBDA_FUNCTION_NAME: 'forged', AWS_ACCESS_KEY_ID: 'own' },
  timeoutMs: 1_000,
  memorySizeMb: 512,
  reservedConcurrency: null,
  runtime: 'nodejs24.x',
};

describe('environmentVariables', () => {
  it('holds what Lambda sets and what the function declares', () => {
    expect(environmentVariables(definition, 'stream')).toMatchObject({
      TABLE_NAME: 'entries',
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/ingest',
      AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
      LAMBDA_TASK_ROOT: '/bundle',
      _HANDLER: 'index.handler',
    });
  });

  it('lets the function set its credentials, but not what Lambda reserves', () => {
    expect(environmentVariables(definition, 'stream')).toMatchObject({
      AWS_ACCESS_KEY_ID: 'own',
      AWS_LAMBDA_FUNCTION_NAME: 'ingest',
    });
  });

  it('passes nothing of this process on', () => {
    process.env['SECRET_OF_THE_HOST'] = 'x';
    expect(environmentVariables(definition, 'stream')).not.toHaveProperty('SECRET_OF_THE_HOST');
    delete process.env['SECRET_OF_THE_HOST'];
  });

  it.each([
    ['nodejs22.x', undefined],
    ['nodejs24.x', 'true'],
    ['nodejs26.x', 'true'],
  ])('of runtime %s refuse callback handlers: %s', (runtime, refused) => {
    const variables = environmentVariables({ ...definition, runtime }, 'stream');
    expect(variables['SPILLWAY_REFUSE_CALLBACK_HANDLERS']).toBe(refused);
  });
});

describe('logStreamName', () => {
  it('is named after the day, as on Lambda', () => {
    expect(logStreamName(Date.UTC(2026, 0, 31), 'abc')).toBe('2026/01/31/[$LATEST]abc');
  });
});
