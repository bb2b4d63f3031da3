import { settle } from './__fixtures__/fake-environments.ts';
import { openPool } from './__fixtures__/open-pool.ts';

const RETURNED = { kind: 'returned', payload: null } as const;

/** Two environments that have answered once and are idle. */
async function openWarmPool(isHostFull: boolean) {
  const opened = openPool({ maxEnvironments: 2, mostAtOnce: 1, isHostFull: () => isHostFull && isWarm });
  let isWarm = false;
  opened.invoke();
  opened.invoke();
  for (const environment of opened.source.started) environment.becomeReady();
  await settle();
  for (const environment of opened.source.in('busy')) environment.answer(RETURNED);
  await settle();
  isWarm = true;
  return opened;
}

describe('FunctionPool on a full machine', () => {
  it('lets an invocation wait for the environment that runs, though another is idle', async () => {
    const { pool, source, outcomes, invoke, values } = await openWarmPool(true);
    invoke();
    invoke();
    await settle();
    expect(pool.stats()).toMatchObject({ busy: 1, idle: 1, waiting: 1, concurrentExecutions: 2 });
    expect(values('Spillway/LocalStage HostQueued')).toEqual([]);
    source.in('busy')[0]!.answer(RETURNED);
    await settle();
    expect(pool.stats()).toMatchObject({ busy: 1, idle: 1, waiting: 0 });
    source.in('busy')[0]!.answer(RETURNED);
    await settle();
    expect(outcomes).toHaveLength(4);
  });

  it('runs both at once when the first turns out to wait for something', async () => {
    const { pool, clock, invoke } = await openWarmPool(true);
    invoke();
    invoke();
    expect(pool.stats()).toMatchObject({ busy: 1, waiting: 1 });
    clock.nowMs = 30;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(pool.stats()).toMatchObject({ busy: 2, waiting: 0 });
  });

  it('holds nobody back while a core is idle', async () => {
    const { pool, invoke } = await openWarmPool(false);
    invoke();
    invoke();
    expect(pool.stats()).toMatchObject({ busy: 2, waiting: 0 });
  });
});
