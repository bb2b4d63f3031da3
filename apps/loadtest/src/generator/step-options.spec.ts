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
    expect(parseOptions(engineConfigSchema, {}, 'config')).toMatchObject({
      socketCap: 2000,
      pace: {},
    });
  });

  it.each([
    ['a rate of 0', { arrivals: { ...pace.arrivals, ratePerSecond: 0 } }, 'arrivals.ratePerSecond 0'],
    [
      'a Poisson pace without its seed',
      { arrivals: { kind: 'poisson', ratePerSecond: 5 } },
      'arrivals.seed missing',
    ],
    ['another kind of arrivals', { arrivals: { kind: 'wave' } }, 'arrivals.kind'],
    [
      'a ramp without its end',
      { arrivals: { kind: 'ramp', fromPerSecond: 1 } },
      'arrivals.toPerSecond missing',
    ],
    [
      'a ramp that sends nothing',
      { arrivals: { kind: 'ramp', fromPerSecond: 0, toPerSecond: 0 } },
      'arrivals: want fromPerSecond or toPerSecond above 0',
    ],
    [
      'a rate below 0',
      { arrivals: { kind: 'ramp', fromPerSecond: -1, toPerSecond: 2 } },
      'arrivals.fromPerSecond -1',
    ],
    ['a replay of no file', { arrivals: { kind: 'replay' } }, 'arrivals.file missing'],
    ['a replay at no speed', { arrivals: { kind: 'replay', file: 'f', speed: 0 } }, 'arrivals.speed 0'],
    ['a step that ends never', { holdMs: undefined }, 'holdMs: missing, want how long the step lasts'],
    ['a payload of nothing', { payloadBytes: 0 }, 'payloadBytes 0'],
    ['a payload that is no size', { payloadBytes: 'large' }, 'payloadBytes "large"'],
    [
      'a payload the gateway takes from nobody',
      { payloadBytes: 10_485_761 },
      'payloadBytes 10485761: want ≤ 10485760: API Gateway refuses',
    ],
    [
      'a distribution without its seed',
      { payloadBytes: { kind: 'uniform', minBytes: 300, maxBytes: 400 } },
      'payloadBytes.seed missing',
    ],
    [
      'a mix with a size of nothing',
      { payloadBytes: { kind: 'mix', seed: 1, sizes: [{ bytes: 0, weight: 1 }] } },
      'payloadBytes.sizes.0.bytes 0',
    ],
    ['another distribution', { payloadBytes: { kind: 'normal', seed: 1 } }, 'payloadBytes.kind'],
    ['a name that does not fit a file name', { name: '../x' }, 'name "../x"'],
    ['a misspelt field', { holdMS: 1 }, 'holdMS'],
  ])('refuses %s and says where', (_, change, found) => {
    const parse = () => parseOptions(paceSchema, { ...pace, ...change }, 'flow[2].pace');
    expect(parse).toThrow(ScenarioError);
    expect(parse).toThrow(`flow[2].pace: `);
    expect(parse).toThrow(found);
  });

  it.each([
    ['constant', { kind: 'constant', ratePerSecond: 200_000 }],
    ['ramp', { kind: 'ramp', fromPerSecond: 0, toPerSecond: 400_000 }],
  ])('takes two million requests, and not one more: %s', (_, arrivals) => {
    const parse = (holdMs: number) => parseOptions(paceSchema, { ...pace, arrivals, holdMs }, 'flow[0].pace');
    expect(parse(10_000).holdMs).toBe(10_000);
    expect(() => parse(10_000.005)).toThrow('arrivals: makes 2000001 requests, want ≤ 2000000');
  });

  it('lets a replay last as long as its recording', () => {
    const arrivals = { kind: 'replay', file: 'list.csv' };
    const parsed = parseOptions(paceSchema, { ...pace, arrivals, holdMs: undefined }, 'flow[0].pace');
    expect(parsed).toMatchObject({ arrivals: { ...arrivals, speed: 1 } });
    expect(parsed.holdMs).toBeUndefined();
  });
});
