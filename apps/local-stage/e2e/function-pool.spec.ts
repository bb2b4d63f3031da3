import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPool } from './__fixtures__/start-pool.ts';
import { eventually, isAlive } from './__fixtures__/processes.ts';

let opened: ReturnType<typeof startPool>[] = [];
const open: typeof startPool = (...args) => {
  const started = startPool(...args);
  opened.push(started);
  return started;
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'function-pool-'));
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(async () => {
  await Promise.all(opened.map(({ pool }) => pool.close()));
  opened = [];
});

const childProcesses = () =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length;
const pidsIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n').map(Number);

describe('FunctionPool over real processes', () => {
  it.each([
    ['exits', { status: 3 }, { kind: 'crashed', reason: 'Runtime.ExitError: exit status 3' }],
    ['throws', {}, { kind: 'threw', errorType: 'TypeError', errorMessage: 'thrown at once' }],
    ['rejects', {}, { kind: 'threw', errorType: 'RangeError', errorMessage: 'thrown later' }],
    ['throws a string', {}, { kind: 'threw', errorType: 'string', errorMessage: 'just text' }],
    ['throws outside', {}, { kind: 'crashed', reason: expect.stringContaining('nobody catches this') }],
    [
      'rejects outside',
      {},
      { kind: 'crashed', reason: 'Runtime.UnhandledPromiseRejection: nobody awaits this' },
    ],
    ['segfaults', {}, { kind: 'crashed', reason: 'Runtime.ExitError: signal SIGSEGV' }],
    ['fills its heap', {}, { kind: 'crashed', reason: expect.stringMatching(/SIGABRT|OutOfMemory/) }],
    ['fills buffers', {}, { kind: 'crashed', reason: expect.stringContaining('Runtime.OutOfMemory') }],
    ['answers nothing', {}, { kind: 'returned', payload: null }],
    ['answers a circle', {}, expect.objectContaining({ errorType: 'Runtime.JSONStringifyError' })],
    [
      'answers much',
      { bytes: 6_291_555 },
      expect.objectContaining({ errorType: 'Function.ResponseSizeTooLarge' }),
    ],
    ['answers much', { bytes: 6_000_000 }, { kind: 'returned', payload: 'x'.repeat(6_000_000) }],
  ])('a handler that %s %j hurts nobody else', async (fault, more, expected) => {
    const { invoke, call } = open({ memorySizeMb: 128 }, { maxEnvironments: 2 });
    const bystander = call({ fault: 'sleeps', ms: 50 });
    expect(await invoke({ fault, ...more })).toEqual(expected);
    expect(await bystander).toEqual(expect.any(Number));
    expect(await call()).toEqual(expect.any(Number));
  });

  it.each(['loops', 'never answers'])(
    'kills a handler that %s at the timeout, and serves the next',
    async (fault) => {
      const { pool, invoke, call } = open({}, { maxEnvironments: 1 });
      const pid = (await call()) as number;
      pool.configure({ timeoutMs: 150 });
      expect(await invoke({ fault })).toEqual({ kind: 'timed-out', timeoutMs: 150 });
      await eventually(() => !isAlive(pid), 'the process is gone');
      pool.configure({ timeoutMs: 30_000 });
      expect(await call()).not.toBe(pid);
    },
  );

  it('does not lose the next request to a handler that fails after it has answered', async () => {
    // By a clock that stands still, nothing is idle for long enough to be frozen.
    const clock = { monotonicMs: () => 0, wallMs: () => 0 };
    const { call } = open({}, { maxEnvironments: 1, clock });
    const pid = (await call({ fault: 'rejects after answering', ms: 1 })) as number;
    await eventually(() => !isAlive(pid), 'the process is gone');
    expect(await call()).not.toBe(pid);
  });

  it('starts the timeout with the handler, not in the queue', async () => {
    const { pool, call } = open({}, { maxEnvironments: 1 });
    await call();
    pool.configure({ timeoutMs: 1_500 });
    const sleeper = { fault: 'sleeps', ms: 500 };
    expect(await Promise.all([1, 2, 3, 4].map(() => call(sleeper)))).toHaveLength(4);
  });

  it('refuses the third at once where two are reserved, and both succeed', async () => {
    const { pool, invoke, call } = open({ reservedConcurrency: 2 });
    const order: string[] = [];
    const running = [1, 2].map(async () => {
      await call({ fault: 'sleeps', ms: 200 });
      order.push('ran');
    });
    const third = await invoke({ fault: 'sleeps', ms: 200 });
    order.push(third.kind);
    expect(third).toEqual({ kind: 'throttled', by: 'reserved-concurrency' });
    await Promise.all(running);
    expect(order).toEqual(['throttled', 'ran', 'ran']);
    expect(pool.stats().concurrentExecutions).toBe(0);
  });

  it('serves a burst of 1,000 from idle, each once, in no more processes than the ceiling', async () => {
    const { pool, call } = open({}, { maxEnvironments: 4 });
    const pids = (await Promise.all(Array.from({ length: 1_000 }, () => call()))) as number[];
    expect(new Set(pids).size).toBeLessThanOrEqual(4);
    expect(pool.stats()).toMatchObject({ busy: 0, waiting: 0, concurrentExecutions: 0 });
  });

  it('starts its spare before the first request', async () => {
    const { pool, call } = open();
    await eventually(() => pool.stats().idle === 1, 'a spare is idle');
    await call();
    expect(pool.stats().environments).toBe(1);
  });

  it('tries an init that overran again inside the invocation, under the timeout (F36)', async () => {
    const { invoke } = open({ timeoutMs: 100, handler: 'never-loads.handler' }, { initLimitMs: 50 });
    expect(await invoke()).toEqual({ kind: 'timed-out', timeoutMs: 100 });
  });

  it('ends environments of the old memory size and starts the next with the new', async () => {
    const { pool, call } = open({ handler: 'faults.echo' });
    const memoryOf = async () =>
      ((await call()) as { context: { memoryLimitInMB: string } }).context.memoryLimitInMB;
    expect(await memoryOf()).toBe('256');
    pool.configure({ memorySizeMb: 512 });
    expect(await memoryOf()).toBe('512');
  });

  it('appends all a handler writes to its log file, however much', async () => {
    const logFile = join(directory, 'function.log');
    const { call } = open({ logFile });
    expect(await call({ fault: 'writes much', bytes: 1_000_000 })).toBe('written');
    expect(readFileSync(logFile, 'utf8').match(/out|err/g)).toHaveLength(2_000_000);
  });

  it('leaves no process when it closes, whatever the handlers do', async () => {
    const pidFile = join(directory, 'closed.pids');
    const before = childProcesses();
    const { pool, invoke } = open({}, { maxEnvironments: 3 });
    const faults = ['loops', 'never answers', 'sleeps'];
    const running = faults.map((fault) => invoke({ fault, ms: 60_000, pidFile }));
    await eventually(() => pool.stats().busy === 3 && pidsIn(pidFile).length === 3, 'all three run');
    await pool.close();
    expect((await Promise.all(running)).map(({ kind }) => kind)).toEqual(['crashed', 'crashed', 'crashed']);
    expect(pidsIn(pidFile).filter(isAlive)).toEqual([]);
    expect(childProcesses()).toBe(before);
  });
});
