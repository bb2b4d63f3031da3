import { simulateAnswers, simulateStep, targets } from '../__fixtures__/simulated-stage.ts';
import { outcomes } from '../answers/answers.ts';
import type { StepRecord } from '../step-record.ts';
import { uslOf, type AnsweredStep } from './usl-of-run.ts';

/** 8 servers of 16 ms: γ = 62.5/s, at most 500/s. */
const stage = { servers: 8, capacityPerSecond: 500, service: 'uniform' } as const;

function answered(ratePerSecond: number, changes: Partial<StepRecord> = {}): AnsweredStep {
  const planned = { arrivals: { kind: 'constant', ratePerSecond }, holdMs: 8000, ...changes } as const;
  const step = simulateStep(stage, planned, 7);
  return { step, answers: simulateAnswers(stage, step.record, 7, step.record.host.stalls) };
}

const rates = [50, 100, 200, 300, 400, 450, 490, 600];
const estimate = { conclusive: true, lowerPerSecond: 480, upperPerSecond: 510, reasons: [] };

describe('uslOf', () => {
  it('has the levels of Little: N = X · R', () => {
    const usl = uslOf(
      rates.map((rate) => answered(rate)),
      estimate,
      targets,
    );
    if (usl.kind !== 'fitted') throw new Error(usl.reason);
    expect(usl.levels).toHaveLength(rates.length);
    const [inFlight, perSecond] = usl.levels[0]!;
    expect(perSecond).toBeCloseTo(50, 0);
    expect(inFlight).toBeCloseTo(50 * 0.016, 1);
    // Past saturation X stays at the capacity.
    expect(usl.levels.at(-1)?.[1]).toBeGreaterThan(480);
    expect(usl.levels.at(-1)?.[1]).toBeLessThan(515);
  });

  it('takes measurements of the same rate together', () => {
    const usl = uslOf(
      [...rates, ...rates].map((rate) => answered(rate)),
      estimate,
      targets,
    );
    expect(usl.kind === 'fitted' && usl.levels.length).toBe(rates.length);
  });

  it('leaves out what the generator, the host or a throttle spoiled, and other purposes', () => {
    const six = rates.slice(0, 6).map((rate) => answered(rate));
    expect(uslOf(six, estimate, targets).kind).toBe('fitted');
    const [first, ...others] = six;
    for (const inconclusive of ['generator', 'host', 'throttled'] as const) {
      const spoiled = {
        ...first!,
        step: { ...first!.step, judgement: { verdict: 'inconclusive' as const, inconclusive, reasons: [] } },
      };
      expect(uslOf([spoiled, ...others], estimate, targets)).toMatchObject({
        reason: expect.stringMatching(/^5 levels/),
      });
    }
  });

  it('leaves out a step of which more than ε was not acknowledged, and says which', () => {
    const six = rates.slice(0, 6).map((rate) => answered(rate));
    // 300/s over 8 s and its warm-up: ε of 1 % is 24 to 27 of its requests.
    const failing = (every: number) => {
      const { step, answers } = answered(300);
      const outcome = answers.outcome.map((value, row) =>
        row % every === 0 ? outcomes.indexOf('timeout') : value,
      );
      return { step, answers: { ...answers, outcome } };
    };
    const kept = uslOf([...six, failing(150)], estimate, targets);
    const without = uslOf(six, estimate, targets);
    const left = uslOf([...six, failing(50)], estimate, targets);
    if (kept.kind !== 'fitted' || without.kind !== 'fitted' || left.kind !== 'fitted')
      throw new Error('not fitted');
    expect(kept.levels).not.toEqual(without.levels);
    expect(left.levels).toEqual(without.levels);
    expect(left.warnings).toEqual([
      ...without.warnings,
      'a step at 300/s is left out: 2 % of its requests were not acknowledged',
    ]);
    expect(uslOf([...six.slice(0, 3), ...six.slice(4, 5), failing(50)], estimate, targets)).toEqual({
      kind: 'not-fitted',
      reason:
        '4 levels were measured, at least 6 are wanted; a step at 300/s is left out: 2 % of its requests were not acknowledged',
    });
  });

  it('is the same with a stalled window as without it', () => {
    const calm = uslOf(
      rates.slice(0, 6).map((rate) => answered(rate)),
      estimate,
      targets,
    );
    const stalls = [{ startMs: 3000, endMs: 3300 }];
    const stalled = uslOf(
      rates.slice(0, 6).map((rate) => answered(rate, { host: { busyRatio: 0.5, stalls } })),
      estimate,
      targets,
    );
    if (calm.kind !== 'fitted' || stalled.kind !== 'fitted') throw new Error('not fitted');
    expect(stalled.levels[2]?.[0]).toBeCloseTo(calm.levels[2]?.[0] ?? 0, 0);
    expect(stalled.levels[2]?.[1]).toBeCloseTo(calm.levels[2]?.[1] ?? 0, -1);
  });

  it('says so where too little was measured', () => {
    expect(uslOf([], null, targets)).toEqual({
      kind: 'not-fitted',
      reason: '0 levels were measured, at least 6 are wanted',
    });
  });
});
