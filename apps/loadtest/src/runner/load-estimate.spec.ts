import { resolve } from 'node:path';
import { readSettings, type Profile } from '../settings.ts';
import { COST_CAP_DOLLARS, describeLoad, estimateLoad } from './load-estimate.ts';

const { profiles } = readSettings(resolve(__dirname, '../../slo.json'));
const two = { name: 'fargate', count: 2 } as const;

function costOf(profile: Profile, count = 2): number {
  const { stageDollars, runnerDollars } = estimateLoad(profile, 1024, { ...two, count });
  return stageDollars + runnerDollars;
}

describe('estimateLoad', () => {
  it('counts every request that the profile may send', () => {
    const profile = {
      ...profiles.quick,
      warmUps: [{ ratePerSecond: 100, holdMs: 2000 }],
      burstMaxRequests: 50,
    };
    // 100 s at 2,000/s, 200 of warm-up, 20 bursts of 50, 24 steps of 6 s at 3,000/s.
    expect(estimateLoad(profile, 1024, two).requests).toBe(200_000 + 200 + 1000 + 432_000);
  });

  it('prices a request by its write units, at the least what the gateway takes', () => {
    const perMillion = (payloadBytes: number) => {
      const { requests, stageDollars } = estimateLoad(profiles.quick, payloadBytes, two);
      return (1e6 * stageDollars) / requests;
    };
    expect(perMillion(512)).toBeCloseTo(3.5 + 0.2 + 0.625 + 1.66667, 4);
    expect(perMillion(100 * 1024) - perMillion(512)).toBeCloseTo(100 * 0.625, 4);
  });

  it('prices runners by how many there are and how long, and each by its size', () => {
    const dollars = (name: 'fargate' | 'lambda', count: number) =>
      estimateLoad(profiles.quick, 1024, { name, count }).runnerDollars;
    expect(dollars('fargate', 10)).toBeCloseTo(10 * dollars('fargate', 1), 6);
    expect(dollars('lambda', 1)).toBeCloseTo(dollars('fargate', 1) * (0.192 / 0.19748), 3);
  });

  it('puts the quick profile under the cap and the full one over it', () => {
    expect(costOf(profiles.quick)).toBeLessThan(COST_CAP_DOLLARS);
    expect(costOf(profiles.full)).toBeGreaterThan(COST_CAP_DOLLARS);
  });

  it('prices the time that runners send, warm-ups and bursts too', () => {
    const dollars = (warmUps: Profile['warmUps']) =>
      estimateLoad({ ...profiles.quick, warmUps }, 1024, two).runnerDollars;
    const warmUp = { ratePerSecond: 1, holdMs: 1000 };
    const [none, short, long] = [[], [warmUp], [{ ...warmUp, holdMs: 3_601_000 }]].map(dollars) as [
      number,
      number,
      number,
    ];
    // An hour of two tasks.
    expect(long - short).toBeCloseTo(2 * 0.19748, 6);
    // One more start, and its second.
    expect(short - none).toBeCloseTo((2 * 0.19748 * 301) / 3600, 6);
    // 25 steps of the search, 20 bursts of 2 s, 24 replays of 6 s.
    expect(none).toBeCloseTo((2 * 0.19748 * (100 + 40 + 144 + 69 * 300)) / 3600, 6);
  });

  it('prices no runner where this machine sends', () => {
    const { runnerDollars, ...stage } = estimateLoad(profiles.quick, 1024);
    expect(runnerDollars).toBe(0);
    expect(estimateLoad(profiles.quick, 1024, two)).toMatchObject(stage);
    expect(describeLoad({ ...stage, runnerDollars })).toMatch(/for the stage \(list prices/);
  });

  it('is said in one sentence', () => {
    expect(describeLoad({ requests: 1_250_000, stageDollars: 7.4, runnerDollars: 2.6 })).toBe(
      'at most 1.3 million requests, about $7 for the stage and $3 for the runners (list prices, us-east-1)',
    );
  });
});
