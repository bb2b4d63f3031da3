import SpillwayEngine from './engine.ts';
import { ScenarioError } from './step-options.ts';

jest.mock('./take-pace.ts', () => ({
  takePace: async ({ name }: { name: string }) => {
    sent.push(name);
    return { report: { generator: { socketCapHit: false } } };
  },
}));

const sent: string[] = [];
const helpers = {
  template: (value: unknown) => value,
  createThink: (step: object) => (context: unknown, done: (error: null, context: never) => void) => {
    thoughts.push(step);
    done(null, context as never);
  },
};
const thoughts: object[] = [];
const context = { vars: { target: 'http://127.0.0.1:9/prod', $testId: 't1' } };

beforeEach(() => {
  thoughts.length = 0;
  sent.length = 0;
});

const good = { name: 'plateau', arrivals: { kind: 'constant', ratePerSecond: 1 }, holdMs: 1 };

function scenarioOf(flow: unknown, engines: Record<string, unknown> = {}, phases?: unknown) {
  const emitted: unknown[][] = [];
  const engine = new SpillwayEngine({ config: { engines, phases } }, undefined, helpers);
  const run = engine.createScenario({ flow }, { emit: (...event) => emitted.push(event) });
  return {
    emitted,
    ended: () => new Promise<Error | null>((resolve) => run(context, (error) => resolve(error ?? null))),
  };
}

describe('SpillwayEngine', () => {
  it.each([
    [
      'a step it does not know',
      [{ post: { url: '/' } }],
      'flow[0]: found post, want pace, think, log or function',
    ],
    ['a step that is no object', [{ think: 1 }, 'pace'], 'flow[1]: found "pace", want pace, think'],
    ['no flow', undefined, 'flow: want a list'],
  ])('refuses %s before anything is sent', async (_, flow, message) => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { emitted, ended } = scenarioOf(flow);
    const error = await ended();
    printed.mockRestore();
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error?.message).toContain(message);
    expect(emitted).toEqual([['started'], ['error', 'SCENARIO_INVALID']]);
    expect(thoughts).toEqual([]);
  });

  it('counts the virtual user in and leaves think to Artillery', async () => {
    const { emitted, ended } = scenarioOf([{ think: 3 }]);
    expect(await ended()).toBeNull();
    expect(emitted).toEqual([['started']]);
    expect(thoughts).toEqual([{ think: 3 }]);
  });

  it.each([
    ['a pace', [{ pace: { name: 'x', holdMs: 1 } }], {}, 'flow[0].pace: arrivals'],
    ['the engine', [{ pace: {} }], { spillway: { sockets: 1 } }, 'config.engines.spillway: '],
  ])('fails the virtual user when the options of %s are wrong', async (_, flow, engines, message) => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { emitted, ended } = scenarioOf(flow, engines);
    expect((await ended())?.message).toContain(message);
    expect(emitted).toContainEqual(['error', 'SCENARIO_INVALID']);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining(message));
    printed.mockRestore();
  });

  it.each([
    ['without a span', { ...good, name: 'x', holdMs: undefined }, {}, 'flow[1].pace: holdMs'],
    ['that has the name of the first', good, {}, 'flow[1].pace.name: found "plateau"'],
    [
      'with a function that is not there',
      { ...good, name: 'x', entry: 'none' },
      {},
      'flow[1].pace.entry: found',
    ],
    [
      'named like the first from outside',
      { ...good, name: 'x' },
      { pace: { name: 'y' } },
      'flow[1].pace.name',
    ],
  ])('sends nothing of a first pace when the second is one %s', async (_, second, spillway, message) => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { ended } = scenarioOf([{ pace: good }, { pace: second }], { spillway });
    expect((await ended())?.message).toContain(message);
    printed.mockRestore();
    expect(sent).toEqual([]);
  });

  it('reads a pace with a template when its turn has come', async () => {
    const { ended } = scenarioOf([{ pace: good }, { pace: { ...good, name: 'x', holdMs: '{{ holdMs }}' } }]);
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await ended())?.message).toContain('flow[1].pace: holdMs "{{ holdMs }}"');
    printed.mockRestore();
    expect(sent).toEqual(['plateau']);
  });

  it('sends nothing from one of several threads, each of which would send it all', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { ended } = scenarioOf([{ pace: good }], {}, [{ arrivalRate: 1, totalWorkers: 2, worker: 1 }]);
    expect((await ended())?.message).toContain('asked for by more than one virtual user');
    printed.mockRestore();
    expect(sent).toEqual([]);
  });

  it('sends a step once, however many virtual users come for it', async () => {
    const { ended } = scenarioOf([{ pace: good }]);
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const ends = await Promise.all([ended(), ended()]);
    printed.mockRestore();
    expect(ends[0]).toBeNull();
    expect(ends[1]?.message).toMatch(
      /flow\[0\]\.pace: found step plateau asked for by more than one virtual user/,
    );
    expect(sent).toEqual(['plateau']);
  });
});
