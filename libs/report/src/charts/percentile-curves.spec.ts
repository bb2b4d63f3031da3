import { measureStep, percentile, type JudgedStep } from '@spillway/capacity';
import { exampleAnswers, exampleRun, exampleStep } from '@spillway/capacity/testing';
import { distributionsOf, percentilesOf } from './percentile-curves.ts';

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

  it('leaves out steps without answers', () => {
    const few = new Map([...answers].slice(0, 1));
    expect(distributionsOf(exampleRun({ steps }), few).map(({ step }) => step)).toEqual(['discover-01']);
  });

  it('names the percentiles of the measurement, whatever of the answers is not judged', () => {
    const [calm, , , slow] = steps as [JudgedStep, JudgedStep, JudgedStep, JudgedStep];
    const stalled = {
      ...calm,
      record: { ...calm.record, host: { busyRatio: 0.5, stalls: [{ startMs: 1480, endMs: 2210 }] } },
    };
    const cutEarly = { ...slow, record: { ...slow.record, holdMs: slow.record.holdMs / 2 } };
    const run = exampleRun({ steps: [stalled, cutEarly] });
    const found = distributionsOf(run, answers);
    const measured = [stalled, cutEarly].map(({ record }) =>
      measureStep(record, answers.get(record.name)!, run.targets),
    );
    expect(measured[0]!.setAside).toBeGreaterThan(0);
    expect(measured[1]!.judged).toBeLessThan(slow.record.sent / 2);
    expect(found.map(({ judged, namedMs }) => ({ judged, namedMs }))).toEqual(
      measured.map(({ judged, latencyMs }) => ({ judged, namedMs: Object.values(latencyMs!) })),
    );
  });
});

describe('percentilesOf', () => {
  const hundred = () => Float64Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);

  it('takes the nearest rank', () => {
    expect(percentilesOf(hundred())).toMatchObject({ judged: 100, namedMs: [50, 90, 99, 100, 100] });
  });

  it('draws the percentiles of sorted values, from the least to where the answers end', () => {
    const { curve } = percentilesOf(hundred());
    const sorted = hundred().sort();
    expect(curve[0]).toEqual([0, 1]);
    expect(curve.at(-1)![0]).toBeCloseTo(2, 12);
    for (const [nines, ms] of curve) expect(ms).toBe(percentile(sorted, 1 - 10 ** -nines));
  });

  it('draws a single answer as it is', () => {
    const { judged, curve } = percentilesOf(Float64Array.of(7));
    expect([judged, curve[0], curve.at(-1)]).toEqual([1, [0, 7], [0, 7]]);
  });
});
