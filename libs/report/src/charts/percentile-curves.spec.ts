import { exampleAnswers, exampleRun, exampleStep } from '@spillway/capacity/testing';
import { distributionsOf, percentileCurve, quantile } from './percentile-curves.ts';

const rate = (ratePerSecond: number) => ({ kind: 'poisson', ratePerSecond, seed: 1 }) as const;
const steps = [
  exampleStep('discover-01', rate(100), { p50Ms: 2 }),
  exampleStep('discover-02', rate(200), { p50Ms: 4, badRatio: 0.5 }),
  exampleStep('discover-03', rate(300), { p50Ms: 5 }),
  exampleStep('discover-04', rate(400), { p50Ms: 600, badRatio: 0.9 }),
];
const answers = new Map(steps.map((step) => [step.record.name, exampleAnswers(step)]));
const standing = (upperPerSecond: number | null) => {
  const estimate = { conclusive: true, lowerPerSecond: 300, upperPerSecond, reasons: [] };
  const found = distributionsOf(exampleRun({ steps, estimate }), answers);
  return Object.fromEntries(found.map(({ step, stands }) => [step, stands]));
};

describe('distributionsOf', () => {
  it('follows the bracket: a failure below it, which its repeats contradict, does not stand out', () => {
    expect(standing(400)).toEqual({
      'discover-01': 'slowest rate',
      'discover-02': null,
      'discover-03': 'highest that passed',
      'discover-04': 'lowest that failed',
    });
  });

  it('takes the first failure where there is no bracket', () => {
    expect(standing(null)).toMatchObject({
      'discover-01': 'highest that passed',
      'discover-02': 'lowest that failed',
      'discover-03': null,
    });
  });

  it('drops the warm-up, and steps without answers', () => {
    const few = new Map([...answers].slice(0, 1));
    const [only, ...others] = distributionsOf(exampleRun({ steps }), few);
    expect(others).toEqual([]);
    const { intendedMs } = answers.get('discover-01')!;
    expect(only!.latenciesMs).toHaveLength(intendedMs.filter((atMs) => atMs >= 1000).length);
  });
});

describe('quantile', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);
  it.each([
    [0, 1],
    [0.5, 51],
    [0.99, 100],
    [1, 100],
  ])('is, at %d, the value above that share', (ratio, expected) => {
    expect(quantile(hundred, ratio)).toBe(expected);
  });
});

describe('percentileCurve', () => {
  it('rises from the least value, and ends where the answers do', () => {
    const latenciesMs = Float64Array.from({ length: 100 }, (_, index) => index + 1);
    const distribution = { step: 'x', offeredPerSecond: 1, stands: null, latenciesMs } as const;
    const curve = percentileCurve(distribution);
    expect(curve[0]).toEqual([0, 1]);
    expect(curve.at(-1)![0]).toBeCloseTo(2, 12);
    curve.slice(1).forEach(([, ms], index) => expect(ms).toBeGreaterThanOrEqual(curve[index]![1]));
  });
});
