import { openPool } from './__fixtures__/open-pool.ts';
import { RETURNED, settle } from './__fixtures__/fake-environments.ts';

const FAILED_INIT = { kind: 'threw', errorType: 'Runtime.ImportModuleError', errorMessage: 'x' } as const;
const CRASHED = { kind: 'crashed', reason: 'killed' };

describe('FunctionPool', () => {
  it('starts an environment for a request that finds none, and gives it the next one too', async () => {
    const { source, outcomes, invoke } = openPool();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    source.started[0]!.answer();
    await settle();
    invoke();
    source.started[0]!.answer({ kind: 'threw', errorType: 'TypeError', errorMessage: 'no' });
    await settle();
    expect(source.started).toHaveLength(1);
    expect(outcomes).toEqual([RETURNED, { kind: 'threw', errorType: 'TypeError', errorMessage: 'no' }]);
  });

  it('gives a waiting request whichever environment frees first, in the order of arrival', async () => {
    const { source, outcomes, invoke } = openPool();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    invoke();
    invoke();
    expect(source.in('starting')).toHaveLength(2);
    source.started[0]!.answer();
    await settle();
    expect(source.started[0]!.event).toBe(1);
    source.started[2]!.becomeReady();
    await settle();
    expect(source.started[2]!.event).toBe(2);
    expect(outcomes).toEqual([RETURNED, null, null]);
  });

  it('starts only a few at once and no more than the ceiling', async () => {
    const { source, invoke } = openPool({ maxEnvironments: 3, maxStarts: 2 });
    for (let i = 0; i < 10; i += 1) invoke();
    expect(source.in('starting')).toHaveLength(2);
    source.started[0]!.becomeReady();
    await settle();
    expect(source.in('starting')).toHaveLength(2);
    for (const environment of source.in('starting')) environment.becomeReady();
    await settle();
    expect(source.started).toHaveLength(3);
  });

  it('counts what waits because of the ceiling, and names the ceiling once', async () => {
    const { pool, values, ceilingReached, invoke } = openPool({ maxEnvironments: 2 });
    invoke();
    invoke();
    expect(values('Spillway/LocalStage HostQueued')).toEqual([]);
    invoke();
    invoke();
    expect(values('Spillway/LocalStage HostQueued')).toEqual([1, 1]);
    expect(ceilingReached()).toBe(1);
    expect(pool.stats()).toMatchObject({ waiting: 4, environments: 2, concurrentExecutions: 4 });
  });

  it('counts what waits because only a few start at once, where Lambda would start them all', async () => {
    const { values, invoke } = openPool({ maxEnvironments: 3, maxStarts: 2 });
    invoke();
    invoke();
    expect(values('Spillway/LocalStage StartQueued')).toEqual([]);
    invoke();
    expect(values('Spillway/LocalStage StartQueued')).toEqual([1]);
    invoke();
    expect(values('Spillway/LocalStage StartQueued')).toEqual([1]);
    expect(values('Spillway/LocalStage HostQueued')).toEqual([1]);
  });

  it('refuses over the reservation at once, also while the others wait for a start', async () => {
    const { pool, outcomes, values, accountValues, invoke } = openPool({ reservedConcurrency: 2 });
    for (let i = 0; i < 3; i += 1) invoke();
    await settle();
    expect(outcomes).toEqual([null, null, { kind: 'throttled', by: 'reserved-concurrency' }]);
    expect(values('AWS/Lambda Throttles')).toEqual([1]);
    expect(accountValues('AWS/Lambda Throttles')).toEqual([1]);
    expect(values('AWS/Lambda ConcurrentExecutions')).toEqual([1, 2]);
    expect(accountValues('AWS/Lambda ConcurrentExecutions')).toEqual([1, 2]);
    expect(accountValues('AWS/Lambda ClaimedAccountConcurrency')).toEqual([2, 2]);
    pool.configure({ reservedConcurrency: 3 });
    invoke();
    await settle();
    expect(outcomes[3]).toBeNull();
  });

  it('reports an invocation as CloudWatch would', async () => {
    const { source, values, invoke } = openPool();
    invoke();
    source.started[0]!.becomeReady(42);
    await settle();
    source.started[0]!.answer(RETURNED, 7);
    await settle();
    invoke();
    source.started[0]!.kill();
    await settle();
    expect(values('AWS/Lambda Invocations')).toEqual([1, 1]);
    expect(values('AWS/Lambda Errors')).toEqual([0, 1]);
    expect(values('AWS/Lambda Duration')).toEqual([7, 1]);
    expect(values('Spillway/LocalStage InitDuration')).toEqual([42]);
    expect(values('Spillway/LocalStage Environments')).toEqual([1, 0]);
  });

  it('answers a crash to its own invocation only, and serves the waiting ones elsewhere', async () => {
    const { source, outcomes, invoke } = openPool({ maxEnvironments: 1 });
    invoke();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    source.started[0]!.kill();
    await settle();
    source.started[1]!.becomeReady();
    await settle();
    source.started[1]!.answer();
    await settle();
    expect(outcomes).toEqual([CRASHED, RETURNED]);
  });

  it('runs an event again that never reached a handler, before those that came later', async () => {
    const { source, outcomes, invoke } = openPool({ maxEnvironments: 1 });
    invoke();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    source.started[0]!.endUnbegun();
    await settle();
    source.started[1]!.becomeReady();
    await settle();
    expect(source.started[1]!.event).toBe(0);
    expect(outcomes).toEqual([null, null]);
  });

  it('loses no request whose environment ends in the moment it is ready', async () => {
    const { source, outcomes, invoke } = openPool({ maxEnvironments: 1 });
    invoke();
    source.started[0]!.becomeReady();
    source.started[0]!.kill();
    await settle();
    expect(source.in('starting')).toHaveLength(1);
    source.started[1]!.becomeReady();
    await settle();
    source.started[1]!.answer();
    await settle();
    expect(outcomes).toEqual([RETURNED]);
  });

  it('runs an event that never reached a handler in an environment that is idle by then', async () => {
    const { pool, source, invoke } = openPool({ maxEnvironments: 2 });
    invoke();
    invoke();
    for (const environment of source.started) environment.becomeReady();
    await settle();
    source.started[0]!.answer();
    source.started[1]!.endUnbegun();
    await settle();
    expect(source.started[0]!.event).toBe(1);
    expect(pool.stats()).toMatchObject({ waiting: 0, busy: 1, starting: 0 });
  });

  it('forgets an idle environment that ends', async () => {
    const { pool, source, invoke } = openPool({ spares: 1 });
    source.started[0]!.becomeReady();
    await settle();
    expect(pool.stats()).toMatchObject({ idle: 1, environments: 1 });
    source.started[0]!.kill();
    await settle();
    expect(pool.stats()).toMatchObject({ idle: 0, environments: 0 });
    invoke();
    expect(source.in('starting')).toHaveLength(1);
  });

  it('answers a failed init once its second attempt failed too, to that request alone (F36)', async () => {
    const { source, outcomes, values, invoke } = openPool({ maxStarts: 1 });
    invoke();
    invoke();
    source.started[0]!.failInit(FAILED_INIT);
    await settle();
    expect(outcomes).toEqual([null, null]);
    expect(source.started[1]!.initLimitMs).toBe(3_000);
    source.started[1]!.failInit(FAILED_INIT);
    await settle();
    expect(outcomes).toEqual([FAILED_INIT, null]);
    source.started[2]!.becomeReady();
    await settle();
    source.started[2]!.answer();
    await settle();
    expect(outcomes).toEqual([FAILED_INIT, RETURNED]);
    expect(values('AWS/Lambda Errors')).toEqual([1, 0]);
    expect(values('AWS/Lambda Duration')).toEqual([5, 6]);
  });

  it('makes the second attempt of an init that failed before any request with the first', async () => {
    const { source, outcomes, invoke } = openPool({ spares: 1 });
    source.started[0]!.failInit(FAILED_INIT);
    await settle();
    invoke();
    expect(source.started[1]!.initLimitMs).toBe(3_000);
    source.started[1]!.failInit(FAILED_INIT);
    await settle();
    expect(outcomes).toEqual([FAILED_INIT]);
    expect(source.started).toHaveLength(2);
  });

  it('lets a second attempt keep nobody else waiting', async () => {
    const { pool, source, outcomes, invoke } = openPool({ maxEnvironments: 3, maxStarts: 2 });
    invoke();
    source.started[0]!.failInit(FAILED_INIT);
    await settle();
    invoke();
    source.started[2]!.becomeReady();
    await settle();
    expect(source.started[2]!.event).toBe(1);
    expect(pool.stats()).toMatchObject({ starting: 1, busy: 1, waiting: 0 });
    source.started[1]!.becomeReady();
    await settle();
    expect(source.started[1]!.event).toBe(0);
    expect(outcomes).toEqual([null, null]);
  });

  it('throttles what would need new environments faster than Lambda starts them (F33)', async () => {
    const { outcomes, values, clock, invoke } = openPool({ accountConcurrency: 5_000 });
    for (let i = 0; i < 1_001; i += 1) invoke();
    await settle();
    expect(outcomes.slice(-2)).toEqual([null, { kind: 'throttled', by: 'scaling-rate' }]);
    expect(values('AWS/Lambda Throttles')).toEqual([1]);
    clock.nowMs = 10;
    invoke();
    await settle();
    expect(outcomes.at(-1)).toBeNull();
  });

  it('tries an init that overran again inside the invocation, under the timeout (F36)', async () => {
    const { source, outcomes, values, invoke } = openPool({ initLimitMs: 10_000 });
    invoke();
    expect(source.started[0]!.initLimitMs).toBe(10_000);
    source.started[0]!.overrun();
    await settle();
    expect(source.started[1]!.initLimitMs).toBe(3_000);
    source.started[1]!.becomeReady(1_000);
    await settle();
    expect(source.started[1]!.timeoutMs).toBe(2_000);
    source.started[1]!.answer(RETURNED, 500);
    await settle();
    expect(outcomes).toEqual([RETURNED]);
    expect(values('AWS/Lambda Duration')).toEqual([1_500]);
  });

  it('times the invocation out whose second init overruns too', async () => {
    const { source, outcomes, invoke } = openPool();
    invoke();
    source.started[0]!.overrun();
    await settle();
    source.started[1]!.overrun();
    await settle();
    expect(outcomes).toEqual([{ kind: 'timed-out', timeoutMs: 3_000 }]);
  });

  it.each([
    [1, null, 1],
    [3, 2, 2],
    [1, 0, 0],
  ])(
    'with %d spares and %p reserved starts %d before any request',
    (spares, reservedConcurrency, started) => {
      expect(openPool({ spares, reservedConcurrency }).source.started).toHaveLength(started);
    },
  );

  it('uses the most recently used environment and lets the others expire', async () => {
    const { pool, source, clock, invoke } = openPool({ spares: 2, keptIdle: 1, idleLimitMs: 60_000 });
    const [first, second] = source.started;
    first!.becomeReady();
    second!.becomeReady();
    await settle();
    clock.nowMs = 59_999;
    pool.expireIdle();
    invoke();
    expect([first!.state, second!.state]).toEqual(['idle', 'busy']);
    second!.answer();
    await settle();
    clock.nowMs = 60_000;
    pool.expireIdle();
    expect([first!.state, second!.state]).toEqual(['gone', 'idle']);
  });

  it('runs the next handler under a changed timeout, and ends environments of another memory size', async () => {
    const { pool, source, invoke } = openPool({ maxStarts: 3 });
    for (let i = 0; i < 3; i += 1) invoke();
    for (const environment of source.started.slice(0, 2)) environment.becomeReady();
    await settle();
    source.started[0]!.answer();
    await settle();
    pool.configure({ memorySizeMb: 1_024, timeoutMs: 500 });
    await settle();
    expect(source.started.map(({ state }) => state)).toEqual(['busy', 'busy', 'starting']);
    source.started[0]!.answer();
    source.started[1]!.answer();
    source.started[2]!.becomeReady();
    await settle();
    expect(source.in('gone')).toHaveLength(3);
    invoke();
    expect(source.started[3]!.definition).toMatchObject({ memorySizeMb: 1_024 });
    source.started[3]!.becomeReady();
    await settle();
    expect(source.started[3]!.timeoutMs).toBe(500);
  });

  it('runs replaced code from the next invocation on, and lets the old finish', async () => {
    const { pool, source, outcomes, invoke } = openPool({ maxEnvironments: 4, spares: 1, maxStarts: 4 });
    source.started[0]!.becomeReady();
    await settle();
    invoke();
    invoke();
    source.started[1]!.becomeReady();
    await settle();
    invoke();
    const replaced = { ...pool.definition, bundleDirectory: '/new', timeoutMs: 700 };
    pool.replace(replaced);
    expect(source.started.map(({ state }) => state)).toEqual(['busy', 'busy', 'starting', 'starting']);
    expect(source.started[3]!.definition).toEqual(replaced);
    // Started from the old code, for a request that came before: that runs the new too.
    source.started[2]!.becomeReady();
    source.started[3]!.becomeReady();
    await settle();
    expect(source.started[2]!.state).toBe('gone');
    expect(source.started[3]!).toMatchObject({ event: 2, timeoutMs: 700 });
    for (const environment of source.in('busy')) environment.answer();
    await settle();
    expect(outcomes).toEqual([RETURNED, RETURNED, RETURNED]);
    expect(source.started.map(({ state }) => state)).toEqual(['gone', 'gone', 'gone', 'idle']);
    expect(pool.definition).toEqual(replaced);
  });

  it('changes nothing when replaced code reserves too much', () => {
    const { pool, source } = openPool({ spares: 1 });
    const { definition } = pool;
    expect(() => pool.replace({ ...definition, reservedConcurrency: 901 })).toThrow('want ≤ 900');
    expect([pool.definition, source.started.length]).toEqual([definition, 1]);
  });

  it('leaves no environment when it closes, answers all, and counts none of it as a failure', async () => {
    const { pool, source, outcomes, values, failures, invoke } = openPool({ maxEnvironments: 1 });
    invoke();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    await pool.close();
    invoke();
    await settle();
    const refused = { kind: 'throttled', by: 'host' };
    expect(outcomes).toEqual([CRASHED, refused, refused]);
    expect(source.in('gone')).toHaveLength(1);
    expect(pool.stats()).toMatchObject({ environments: 0, waiting: 0, concurrentExecutions: 0 });
    expect([values('AWS/Lambda Errors'), failures]).toEqual([[], []]);
  });
});
