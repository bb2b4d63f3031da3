import { RETURNED, settle } from './__fixtures__/fake-environments.ts';
import { openPool } from './__fixtures__/open-pool.ts';

const threw = (errorMessage: string) => ({ kind: 'threw', errorType: 'E', errorMessage }) as const;

describe('FunctionPool tells the user', () => {
  it('once that the code does not load, in one line, and again of other code', async () => {
    const { pool, source, failures, invoke } = openPool({ spares: 1 });
    const first = 'function ingest does not load: E: no module; --log-dir=<folder> keeps what it prints';
    source.started[0]!.failInit(threw('no module\nRequire stack:\n- /bundle/index.js'));
    await settle();
    expect(failures).toEqual([first]);
    invoke();
    source.started[1]!.failInit(threw('no module'));
    await settle();
    expect(failures).toEqual([first]);
    pool.replace({ ...pool.definition, logFile: '/logs/ingest.log' });
    source.started[2]!.failInit(threw('still none'));
    await settle();
    expect(failures).toEqual([first, 'function ingest does not load: E: still none; see /logs/ingest.log']);
  });

  it('of the first invocation that fails, and of no other', async () => {
    const { source, failures, invoke } = openPool();
    for (const outcome of [RETURNED, threw('one'), threw('two')]) {
      invoke();
      source.started[0]!.becomeReady();
      await settle();
      source.started[0]!.answer(outcome);
      await settle();
    }
    expect(failures).toEqual(['function ingest failed: E: one; --log-dir=<folder> keeps what it prints']);
  });

  it('nothing of old code that fails after it was replaced', async () => {
    const { pool, source, failures, invoke } = openPool();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    pool.replace({ ...pool.definition, bundleDirectory: '/new' });
    source.started[0]!.answer(threw('old'));
    await settle();
    expect(failures).toEqual([]);
  });

  it.each([
    ['timeOut', 'it took longer than 3000 ms'],
    ['kill', 'killed'],
  ] as const)('why, of an environment that ends by %s', async (how, why) => {
    const { source, failures, invoke } = openPool();
    invoke();
    source.started[0]!.becomeReady();
    await settle();
    source.started[0]![how]();
    await settle();
    expect(failures).toEqual([`function ingest failed: ${why}; --log-dir=<folder> keeps what it prints`]);
  });
});
