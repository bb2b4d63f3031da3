import SpillwayEngine from './engine.ts';
import { ScenarioError } from './step-options.ts';

const helpers = {
  template: (value: unknown) => value,
  createThink: (step: object) => (context: unknown, done: (error: null, context: never) => void) => {
    thoughts.push(step);
    done(null, context as never);
  },
};
const thoughts: object[] = [];
const context = { vars: { target: 'http://127.0.0.1:9/prod', $testId: 't1' } };

function scenarioOf(flow: unknown, engines: Record<string, unknown> = {}) {
  const emitted: unknown[][] = [];
  const engine = new SpillwayEngine({ config: { engines } }, undefined, helpers);
  const run = engine.createScenario({ flow }, { emit: (...event) => emitted.push(event) });
  return {
    emitted,
    ended: () => new Promise<Error | null>((resolve) => run(context, (error) => resolve(error))),
  };
}

describe('SpillwayEngine', () => {
  it.each([
    ['a step it does not know', [{ post: { url: '/' } }], 'flow[0]: found post, want pace or think'],
    ['a step that is no object', [{ think: 1 }, 'pace'], 'flow[1]: found "pace", want pace or think'],
    ['no flow', undefined, 'flow: want a list'],
  ])('refuses %s before anything is sent', (_, flow, message) => {
    expect(() => scenarioOf(flow)).toThrow(ScenarioError);
    expect(() => scenarioOf(flow)).toThrow(message);
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
});
