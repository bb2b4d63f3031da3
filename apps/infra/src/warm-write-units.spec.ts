import type { ThrottleConfig } from '@spillway/throttle';
import { limits } from './__fixtures__/configuration.ts';
import { warmWriteUnits } from './warm-write-units.ts';

const placeholder = (rateLimit: number): ThrottleConfig => ({
  stage: 'dev',
  limits: { ...limits, rateLimit },
  evidence: { kind: 'placeholder', note: 'for a test' },
});
const measured = (rateLimit: number, itemBytes: number) =>
  ({
    ...placeholder(rateLimit),
    evidence: { kind: 'measured', measurements: { itemBytes } },
  }) as unknown as ThrottleConfig;

describe('warmWriteUnits', () => {
  it.each<[string, ThrottleConfig, number, number | undefined]>([
    ['what a new table takes', placeholder(4000), 0, undefined],
    ['one unit more', placeholder(4001), 0, 4001],
    ['what batches add to it', placeholder(4000), 0.1, 4400],
    ['a part of a unit, rounded up', placeholder(4000.5), 0, 4001],
    ['items of one unit', measured(4000, 1024), 0, undefined],
    ['items of a byte more, which take two', measured(4000, 1025), 0, 8000],
  ])('warms a table for %s', (_what, throttle, batchShare, units) => {
    expect(warmWriteUnits(throttle, { batchShare })).toBe(units);
  });

  it.each([
    [4000, 1000, undefined],
    [4001, 1000, 4001],
    [8000, 7999, 8000],
    [8000, 8001, 8001],
  ])('keeps a table at the %i that its stage says where the limits need %i', (least, rate, units) => {
    const stage = { batchShare: 0, warmWriteUnitsPerSecond: least };
    expect(warmWriteUnits(placeholder(rate), stage)).toBe(units);
  });
});
