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

function throttledStep(): JudgedStep {
  const step = judgedStep(900, 'throttled');
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

  it('takes no evidence from a failure below a pass', () => {
    const accident = failing({ stage: stageMetrics({ writeThrottleEvents: 5 }) }, 400);
    expect(diagnoseBinding([accident, calm], context).by).toBe('nothing-failed');
  });

  it('names the quota where that passes', () => {
    const top = judgedStep(10_000, 'pass', { holdMs: 100 });
    expect(diagnoseBinding([calm, top], context).by).toBe('quota');
  });
});
