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
      PWD: '/bundle',
      TZ: ':UTC',
      LANG: 'en_US.UTF-8',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      NODE_PATH:
        '/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/bundle',
    });
  });

  it("has a role's keys, all three or none", () => {
    const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
    const found = (environment: Record<string, string>) => {
      const variables = environmentVariables({ ...definition, environment }, 'stream');
      return keys.map((key) => variables[key]);
    };
    expect(found({})).toEqual(['local', 'local', 'local']);
    const own = { AWS_ACCESS_KEY_ID: 'own', AWS_SECRET_ACCESS_KEY: 'own' };
    expect(found(own)).toEqual(['own', 'own', undefined]);
  });

  it.each([
    ['Text', undefined],
    ['JSON', 'WARN'],
  ] as const)('tells libraries of a %s log its level: %s', (format, level) => {
    const logging = { format, applicationLevel: 'WARN', systemLevel: 'INFO' } as const;
    const variables = environmentVariables({ ...definition, logging, logGroupName: '/own' }, 'stream');
    expect(variables['AWS_LAMBDA_LOG_LEVEL']).toBe(level);
    expect(variables['AWS_LAMBDA_LOG_FORMAT']).toBe(format === 'JSON' ? 'JSON' : undefined);
    expect(variables['AWS_LAMBDA_LOG_GROUP_NAME']).toBe('/own');
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
