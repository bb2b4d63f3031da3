import fc from 'fast-check';
import { openPool, type PoolSettings } from './__fixtures__/open-pool.ts';
import { RETURNED, settle, type FakeEnvironment } from './__fixtures__/fake-environments.ts';

type State = FakeEnvironment['state'];

/** What can happen to the n-th environment that is in a state. */
const HAPPENINGS: readonly [State, (environment: FakeEnvironment) => void][] = [
  ['starting', (environment) => environment.becomeReady()],
  ['starting', (environment) => environment.failInit({ kind: 'threw', errorType: 'E', errorMessage: 'm' })],
  ['starting', (environment) => environment.overrun()],
  ['busy', (environment) => environment.answer()],
  ['busy', (environment) => environment.answer({ kind: 'threw', errorType: 'E', errorMessage: 'm' })],
  ['busy', (environment) => environment.kill()],
  ['busy', (environment) => environment.timeOut()],
  ['busy', (environment) => environment.endUnbegun()],
  ['idle', (environment) => environment.kill()],
];

interface Happening {
  readonly what: number;
  readonly which: number;
  readonly arrivals: number;
  /** Without a pause it happens in the same turn as the last one. */
  readonly pause: boolean;
  readonly afterMs: number;
  /** Other code. */
  readonly replaces: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.nat({ max: HAPPENINGS.length - 1 }),
  which: fc.nat({ max: 7 }),
  arrivals: fc.nat({ max: 3 }),
  pause: fc.boolean(),
  afterMs: fc.constantFrom(0, 0, 0, 1, 400, 2_000),
  replaces: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
});

const settings = fc.record({
  maxEnvironments: fc.integer({ min: 1, max: 5 }),
  maxStarts: fc.integer({ min: 1, max: 3 }),
  spares: fc.nat({ max: 2 }),
  reservedConcurrency: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
  scaling: fc.record({ rateLimit: fc.nat({ max: 3 }), burstLimit: fc.integer({ min: 1, max: 8 }) }),
});

async function play(chosen: PoolSettings, happenings: readonly Happening[]) {
  const stage = openPool(chosen);
  const reserved = chosen.reservedConcurrency ?? Infinity;
  const check = () => {
    const { environments, concurrentExecutions, busy, waiting } = stage.pool.stats();
    expect(environments).toBeLessThanOrEqual(chosen.maxEnvironments!);
    expect(concurrentExecutions).toBeLessThanOrEqual(reserved);
    const { burstLimit, rateLimit } = chosen.scaling!;
    expect(concurrentExecutions).toBeLessThanOrEqual(burstLimit + (rateLimit * stage.clock.nowMs) / 1000);
    expect(busy + waiting).toBeLessThanOrEqual(concurrentExecutions);
    // The counts are those of the processes that are there.
    expect(busy).toBe(stage.source.in('busy').length);
    expect(environments).toBe(stage.source.started.length - stage.source.in('gone').length);
    expect(stage.source.in('starting').length).toBeLessThanOrEqual(
      Math.max(chosen.maxStarts!, chosen.spares!),
    );
    // Nobody waits beside an environment that could serve.
    if (waiting > 0) expect(stage.pool.stats().idle).toBe(0);
  };
  for (const { what, which, arrivals, pause, afterMs, replaces } of happenings) {
    stage.clock.nowMs += afterMs;
    if (replaces) stage.pool.replace(stage.pool.definition);
    for (let i = 0; i < arrivals; i += 1) stage.invoke();
    const [state, happen] = HAPPENINGS[what]!;
    const candidates = stage.source.in(state);
    if (candidates.length > 0) happen(candidates[which % candidates.length]!);
    if (!pause) continue;
    await settle();
    check();
  }
  return stage;
}

/** From here on everything goes well. */
async function finish({ source, outcomes }: ReturnType<typeof openPool>): Promise<void> {
  for (let turn = 0; outcomes.includes(null); turn += 1) {
    if (turn > 1_000)
      throw new Error(`lost: ${outcomes.filter((outcome) => outcome === null).length} requests`);
    await settle();
    for (const environment of source.in('starting')) environment.becomeReady();
    for (const environment of source.in('busy')) environment.answer(RETURNED);
  }
}

/** Thousands of runs, on whatever else the machine has to do. */
jest.setTimeout(60_000);

describe('FunctionPool under any load and any fault', () => {
  it('never exceeds a limit, never shares an environment, and answers each request once', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(happening, { maxLength: 60 }), async (chosen, happenings) => {
        const stage = await play(chosen, happenings);
        await finish(stage);
        const { pool, outcomes, values } = stage;
        expect(stage.source.started.some(({ overlapped }) => overlapped)).toBe(false);
        expect(pool.stats()).toMatchObject({ waiting: 0, busy: 0, concurrentExecutions: 0 });
        const throttled = outcomes.filter((outcome) => outcome?.kind === 'throttled').length;
        expect(values('AWS/Lambda Throttles')).toHaveLength(throttled);
        expect(values('AWS/Lambda Invocations')).toHaveLength(outcomes.length - throttled);
        await pool.close();
      }),
      { numRuns: 1_500 },
    );
  });

  it('closes at any moment with every request answered and no environment left', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(happening, { maxLength: 30 }), async (chosen, happenings) => {
        const { pool, source, outcomes } = await play(chosen, happenings);
        await pool.close();
        await settle();
        expect(outcomes).not.toContain(null);
        expect(source.in('gone')).toHaveLength(source.started.length);
      }),
      { numRuns: 800 },
    );
  });
});
