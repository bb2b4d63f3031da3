import { engineConfigSchema, paceSchema, parseOptions, ScenarioError } from './step-options.ts';

const pace = { name: 'sustained', arrivals: { kind: 'poisson', ratePerSecond: 100, seed: 1 }, holdMs: 5000 };

describe('parseOptions', () => {
  it('fills in what a pace may leave out', () => {
    expect(parseOptions(paceSchema, pace, 'flow[0].pace')).toEqual({
      ...pace,
      warmUpMs: 0,
      payloadBytes: 1024,
      horizonMs: 10_000,
    });
    expect(parseOptions(engineConfigSchema, {}, 'config')).toEqual({ socketCap: 2000, pace: {} });
  });

  it.each([
    ['a rate of 0', { arrivals: { ...pace.arrivals, ratePerSecond: 0 } }, 'arrivals.ratePerSecond 0'],
    [
      'a Poisson pace without its seed',
      { arrivals: { kind: 'poisson', ratePerSecond: 5 } },
      'arrivals.seed missing',
    ],
    ['another kind of arrivals', { arrivals: { kind: 'ramp' } }, 'arrivals.kind'],
    ['a name that does not fit a file name', { name: '../x' }, 'name "../x"'],
    ['a misspelt field', { holdMS: 1 }, 'holdMS'],
  ])('refuses %s and says where', (_, change, found) => {
    const parse = () => parseOptions(paceSchema, { ...pace, ...change }, 'flow[2].pace');
    expect(parse).toThrow(ScenarioError);
    expect(parse).toThrow(`flow[2].pace: `);
    expect(parse).toThrow(found);
  });
});
