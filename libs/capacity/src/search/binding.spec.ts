import { judgedStep, stageMetrics } from '../__fixtures__/judged-step.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import { diagnoseBinding } from './binding.ts';
import type { JudgedStep } from '../run-record.ts';

const context = {
  limits: {
    rateLimit: 1000,
    burstLimit: 100,
    reservedConcurrency: 100,
    memorySize: 1024,
    timeoutSeconds: 10,
  },
  quotas: {
    accountConcurrency: 100,
    otherReservedConcurrency: 0,
    accountRatePerSecond: 10_000,
    accountBurst: 5000,
    tableWriteUnitsPerSecond: 4000,
  },
  targets,
};

const calm = judgedStep(500, 'pass', { stage: stageMetrics() });

function failing(changes: Partial<JudgedStep['record']> = {}, ratePerSecond = 900): JudgedStep {
  return judgedStep(ratePerSecond, 'fail', { stage: stageMetrics(), ...changes });
}

function throttledStep(ratePerSecond = 900): JudgedStep {
  const step = judgedStep(ratePerSecond, 'throttled', { holdMs: 100 });
  const outcomes = { ...step.measurement.outcomes, throttled: 40 };
  return { ...step, measurement: { ...step.measurement, outcomes } };
}

describe('diagnoseBinding', () => {
  it.each([
    ['429', throttledStep(), 'stage-throttle'],
    [
      'Lambda throttles with all environments in use',
      failing({ stage: stageMetrics({ lambdaThrottles: 9, concurrentExecutionsMax: 98 }) }),
      'reserved-concurrency',
    ],
    [
      'Lambda throttles with environments free beyond ten a second each',
      failing({ stage: stageMetrics({ lambdaThrottles: 9, concurrentExecutionsMax: 30 }) }, 1100),
      'ten-times-rule',
    ],
    [
      'errors at the timeout',
      failing({ stage: stageMetrics({ lambdaErrors: 3, durationMaxMs: 10_000 }) }),
      'function-timeout',
    ],
    ['write throttles', failing({ stage: stageMetrics({ writeThrottleEvents: 5 }) }), 'dynamodb-throttling'],
    ['a generator behind', judgedStep(900, 'generator'), 'generator'],
    ['invocations that wait for the machine', failing({ stage: stageMetrics({ hostQueued: 12 }) }), 'host'],
    ['busy cores', failing({ host: { busyRatio: 0.93, stalls: [] } }), 'host'],
    ['a duration that grew', failing({ stage: stageMetrics({ durationMeanMs: 31 }) }), 'function-cpu'],
    [
      'write throttles of a table that has units left',
      failing({ stage: stageMetrics({ writeThrottleEvents: 5, consumedWriteUnits: 1000 }) }),
      'hot-key',
    ],
    ['429 at the account quota', throttledStep(10_000), 'quota'],
    ['no evidence', failing(), 'unknown'],
  ])('sees %s', (_evidence, step, by) => {
    const binding = diagnoseBinding([calm, step], context);
    expect(binding.by).toBe(by);
    expect(binding.because).not.toBe('');
    expect(binding.next).not.toBe('');
  });

  it('puts a refusal before a shortage', () => {
    const both = failing({
      host: { busyRatio: 1, stalls: [] },
      stage: stageMetrics({ lambdaThrottles: 9, concurrentExecutionsMax: 100 }),
    });
    expect(diagnoseBinding([calm, both], context).by).toBe('reserved-concurrency');
  });

  it('takes 429 for a usage plan where a key went along, and for the quota at the quota', () => {
    const withKey = { ...context, hasApiKey: true };
    expect(diagnoseBinding([calm, throttledStep()], withKey).by).toBe('usage-plan');
    expect(diagnoseBinding([calm, throttledStep(9999)], withKey).by).toBe('usage-plan');
    expect(diagnoseBinding([calm, throttledStep(10_000)], withKey).by).toBe('quota');
  });

  it('tells a full table from a hot key by nine tenths of its units', () => {
    const taking = (consumedWriteUnits: number) =>
      failing({ holdMs: 1000, stage: stageMetrics({ writeThrottleEvents: 5, consumedWriteUnits }) });
    expect(diagnoseBinding([calm, taking(3599)], context).by).toBe('hot-key');
    expect(diagnoseBinding([calm, taking(3600)], context).by).toBe('dynamodb-throttling');
  });

  it("takes write units a minute that is not the step's alone for no evidence of a hot key", () => {
    const taking = (endedAt: string) =>
      failing({
        holdMs: 20_000,
        stage: stageMetrics({
          ...{ writeThrottleEvents: 5, consumedWriteUnits: 60_000 },
          window: { startedAt: '2026-01-01T00:00:00.000Z', endedAt, periodSeconds: 1 },
        }),
      });
    // 60,000 units in 20 s are 3,000/s of 4,000.
    expect(diagnoseBinding([calm, taking('2026-01-01T00:00:21.000Z')], context).by).toBe('hot-key');
    expect(diagnoseBinding([calm, taking('2026-01-01T00:01:00.000Z')], context).by).toBe(
      'dynamodb-throttling',
    );
  });

  it('names the scaling rate where more than 1,000 new environments were wanted (F33)', () => {
    const large = { ...context, quotas: { ...context.quotas, accountConcurrency: 3000 } };
    const wanting = (durationMeanMs: number) =>
      failing({
        stage: stageMetrics({ lambdaThrottles: 9, concurrentExecutionsMax: 900, durationMeanMs }),
      });
    // 900/s × 1.2 s = 1,080 environments; × 1.1 s = 990.
    const binding = diagnoseBinding([calm, wanting(1200)], large);
    expect(binding).toMatchObject({
      by: 'scaling-rate',
      because: expect.stringContaining('1080 are wanted'),
    });
    expect(diagnoseBinding([calm, wanting(1100)], large).by).toBe('reserved-concurrency');
  });

  it('takes no evidence from a failure below a pass', () => {
    const accident = failing({ stage: stageMetrics({ writeThrottleEvents: 5 }) }, 400);
    expect(diagnoseBinding([accident, calm], context).by).toBe('nothing-failed');
  });

  it('names the quota where that passes', () => {
    const top = judgedStep(10_000, 'pass', { holdMs: 100 });
    expect(diagnoseBinding([calm, top], context).by).toBe('quota');
  });
});
