import { startPool } from './__fixtures__/start-pool.ts';

let opened: ReturnType<typeof startPool> | null = null;
const open: typeof startPool = (...args) => (opened = startPool(...args));
afterEach(async () => opened?.pool.close());

describe('the runtime inside an execution environment', () => {
  it('gives the handler the event and a complete context', async () => {
    const { call } = open({ handler: 'faults.echo' });
    const event = { body: '{"title":"é😀"}', headers: { 'x-empty': '' }, nothing: null, list: [1, 2.5, -0] };
    await call({});
    expect(await call(event)).toEqual({
      event: { ...event, list: [1, 2.5, 0] },
      pid: expect.any(Number),
      context: {
        awsRequestId: 'request-2',
        functionName: 'faults',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:faults',
        memoryLimitInMB: '256',
        logGroupName: '/aws/lambda/faults',
        logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
        callbackWaitsForEmptyEventLoop: true,
        xRayTraceId: 'Root=1-2',
      },
    });
  });

  it('counts the remaining time down from the timeout', async () => {
    const { call } = open({ handler: 'faults.remaining', timeoutMs: 20_000 });
    const [first, later] = (await call()) as [number, number];
    expect(first).toBeLessThanOrEqual(20_000);
    expect(first).toBeGreaterThan(5_000);
    expect(later).toBeLessThan(first);
  });

  it('sets the variables of Lambda, the trace of each invocation, and none of its own', async () => {
    const { call } = open({ handler: 'faults.variables', runtime: 'nodejs24.x' });
    await call();
    const variables = (await call()) as Record<string, string>;
    expect(variables).toMatchObject({
      _X_AMZN_TRACE_ID: 'Root=1-2',
      AWS_LAMBDA_FUNCTION_NAME: 'faults',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_REGION: 'eu-west-1',
      LAMBDA_TASK_ROOT: expect.stringContaining('handlers'),
      TABLE_NAME: 'entries',
    });
    const own = Object.keys(variables).filter((name) => /^(SPILLWAY|NODE_COMPILE)_/.test(name));
    expect(own).toEqual([]);
  });

  it.each([
    ['module.handler', 'from a module'],
    ['module.nested.handler', 'from the default export'],
    ['folder/in-folder.handler', 'from a folder'],
    ['faults.nested.deeper', 'found'],
  ])('loads %s', async (handler, answer) => {
    expect(await open({ handler }).call()).toBe(answer);
  });

  it.each([
    ['faults.absent', 'Runtime.HandlerNotFound', 'faults.absent is undefined or not exported'],
    ['faults.notAFunction', 'Runtime.HandlerNotFound', 'faults.notAFunction is not a function'],
    ['absent.handler', 'Runtime.ImportModuleError', expect.stringContaining('absent')],
    ['imports-missing.handler', 'Runtime.ImportModuleError', expect.stringContaining('nobody-installed')],
    ['faults', 'Runtime.MalformedHandlerName', 'Bad handler'],
    ['broken.handler', 'TypeError', 'broken at load'],
  ])('answers with the error of loading %s', async (handler, errorType, errorMessage) => {
    const { invoke } = open({ handler });
    const expected = { kind: 'threw', errorType, errorMessage };
    expect([await invoke(), await invoke()]).toEqual([expected, expected]);
  });

  it('answers a crash at load, and a bundle that is not there', async () => {
    expect(await open({ handler: 'exits-at-load.handler' }).invoke()).toEqual({
      kind: 'crashed',
      reason: 'Runtime.ExitError: exit status 7',
    });
    await opened?.pool.close();
    const { invoke } = open({ bundleDirectory: '/there/is/no/such/folder' });
    expect(await invoke()).toEqual({ kind: 'crashed', reason: expect.stringContaining('ENOENT') });
  });

  it('serves callback handlers of Node 22', async () => {
    const { call, invoke } = open({ handler: 'faults.callback', runtime: 'nodejs22.x' });
    expect(await call()).toBe('called back');
    expect(await invoke({ error: 'no' })).toEqual({
      kind: 'threw',
      errorType: 'RangeError',
      errorMessage: 'no',
    });
  });

  it.each([
    [true, ['timer', 'answered']],
    [false, ['answered']],
  ])('with callbackWaitsForEmptyEventLoop %s answers after %j', async (waits, answer) => {
    const { call } = open({ handler: 'faults.callbackWaits', runtime: 'nodejs22.x' });
    expect(await call({ waits })).toEqual(answer);
    expect(await call({ waits })).toEqual(answer);
  });

  it('refuses callback handlers from Node 24 on, as Lambda does', async () => {
    const { invoke } = open({ handler: 'faults.callback', runtime: 'nodejs24.x' });
    expect(await invoke()).toMatchObject({ kind: 'threw', errorType: 'Runtime.CallbackHandlerDeprecated' });
  });
});
