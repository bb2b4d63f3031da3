import { resolve } from 'node:path';
import { readSettings, type Profile } from '../settings.ts';
import {
  COST_CAP_DOLLARS,
  describeLoad,
  estimateLoad,
  type LoadEstimate,
  type PlannedLoad,
} from './load-estimate.ts';

const settings = readSettings(resolve(__dirname, '../../slo.json'));
const { profiles } = settings;
const two = { name: 'fargate', count: 2 } as const;

/** The estimate of a run without sweeps, unless they are given. */
function estimateOf(profile: Profile, payloadBytes: number, own: Partial<PlannedLoad> = {}): LoadEstimate {
  return estimateLoad({ profile, settings: { ...settings, payloadBytes }, sweeps: [], ...own });
}

function costOf(profile: Profile, count = 2): number {
  const { stageDollars, runnerDollars } = estimateOf(profile, 1024, { runner: { ...two, count } });
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
    expect(estimateOf(profile, 1024, { runner: two }).requests).toBe(200_000 + 200 + 1000 + 432_000);
  });

  it('prices a request by its write units, at the least what the gateway takes', () => {
    const perMillion = (payloadBytes: number) => {
      const { requests, stageDollars } = estimateOf(profiles.quick, payloadBytes, { runner: two });
      return (1e6 * stageDollars) / requests;
    };
    expect(perMillion(512)).toBeCloseTo(3.5 + 0.2 + 0.625 + 1.66667, 4);
    expect(perMillion(100 * 1024) - perMillion(512)).toBeCloseTo(100 * 0.625, 4);
  });

  it('prices runners by how many there are and how long, and each by its size', () => {
    const dollars = (name: 'fargate' | 'lambda', count: number) =>
      estimateOf(profiles.quick, 1024, { runner: { name, count } }).runnerDollars;
    expect(dollars('fargate', 10)).toBeCloseTo(10 * dollars('fargate', 1), 6);
    expect(dollars('lambda', 1)).toBeCloseTo(dollars('fargate', 1) * (0.192 / 0.19748), 3);
  });

  it('puts the quick profile under the cap and the full one over it', () => {
    expect(costOf(profiles.quick)).toBeLessThan(COST_CAP_DOLLARS);
    expect(costOf(profiles.full)).toBeGreaterThan(COST_CAP_DOLLARS);
  });

  it('prices the time that runners send, warm-ups and bursts too', () => {
    const dollars = (warmUps: Profile['warmUps']) =>
      estimateOf({ ...profiles.quick, warmUps }, 1024, { runner: two }).runnerDollars;
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

  it('counts what a payload sweep may send, up to what a table serves (F42)', () => {
    const profile = { ...profiles.full, payloadSweepBudgetMs: 100_000, maxPerSecond: 1000 };
    const swept = (payloadBytes: number[]) => {
      const own = { settings: { ...settings, sweeps: { ...settings.sweeps, payloadBytes } } };
      const one = estimateOf(profile, 1024, { ...own, sweeps: ['payload'] });
      const other = estimateOf(profile, 1024);
      return [one.requests - other.requests, one.stageDollars - other.stageDollars];
    };
    // 100 s at 1,000/s, a slow invocation of 1 GB each; 10 KB are 11 write units, 300 KB are 301 of which 40 fit.
    const others = 0.1 * (3.5 + 0.2 + 1.66667);
    expect(swept([10 * 1024])[0]).toBe(100_000);
    expect(swept([10 * 1024])[1]).toBeCloseTo(others + 1.1 * 0.625, 4);
    expect(swept([1024, 300 * 1024])[1]).toBeCloseTo(others + 4 * 0.625, 4);
  });

  it('counts every memory size twice, warm-ups too, and prices its memory', () => {
    const profile = {
      ...profiles.full,
      ...{ maxPerSecond: 1000, holdMs: 10_000, warmUpMs: 1000 },
      warmUps: [{ ratePerSecond: 500, holdMs: 2000 }],
    };
    const sweeps = { ...settings.sweeps, memorySizes: [512, 2048] };
    const planned = { settings: { ...settings, payloadBytes: 512, sweeps } };
    const one = estimateOf(profile, 512, { ...planned, sweeps: ['memory'], runner: two });
    const other = estimateOf(profile, 512, { runner: two });
    // Three sizes with the deployed one, each 30 s of holds, 2 s of their warm-ups and 2 s at 500/s.
    expect(one.requests - other.requests).toBe(3 * 33_000);
    expect(one.stageDollars - other.stageDollars).toBeCloseTo(
      0.099 * (3.5 + 0.2 + 0.625) + 33_000 * (1 + 0.5 + 2) * 0.1 * 0.0000166667,
      4,
    );
    expect(one.runnerDollars - other.runnerDollars).toBeCloseTo((2 * 0.19748 * 3 * (34 + 3 * 300)) / 3600, 6);
  });

  it('prices the removal of the entries by their write units once more', () => {
    const kept = estimateOf(profiles.quick, 1024);
    const cleaned = estimateOf(profiles.quick, 1024, { isCleaned: true });
    // A body of 1,024 B is an item of two units.
    expect(cleaned.stageDollars - kept.stageDollars).toBeCloseTo((kept.requests * 2 * 0.625) / 1e6, 6);
    expect(cleaned.requests).toBe(kept.requests);
  });

  it('prices no runner where this machine sends', () => {
    const { runnerDollars, seconds, ...stage } = estimateOf(profiles.quick, 1024);
    expect(runnerDollars).toBe(0);
    const remote = estimateOf(profiles.quick, 1024, { runner: two });
    expect(remote).toMatchObject(stage);
    expect(remote.seconds).toBeGreaterThan(seconds);
    expect(describeLoad({ ...stage, seconds, runnerDollars })).toMatch(/for the stage \(list prices/);
  });

  it('says few requests as they are, and cents as less than a dollar', () => {
    const [few, many] = [99_999, 100_000].map((requests) =>
      describeLoad({ requests, seconds: 61, stageDollars: requests / 1e5, runnerDollars: 0 }),
    );
    expect(few).toBe(
      'at most 99,999 requests in about 1 minutes, less than $1 for the stage (list prices, us-east-1)',
    );
    expect(many).toBe(
      'at most 0.1 million requests in about 1 minutes, about $1 for the stage (list prices, us-east-1)',
    );
  });

  it('is said in one sentence', () => {
    expect(describeLoad({ requests: 1_250_000, seconds: 700, stageDollars: 7.4, runnerDollars: 2.6 })).toBe(
      'at most 1.3 million requests in about 12 minutes, about $7 for the stage and $3 for the runners (list prices, us-east-1)',
    );
  });
});
