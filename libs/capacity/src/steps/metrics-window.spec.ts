import { stageMetrics, stepRecord } from '../__fixtures__/judged-step.ts';
import type { StepRecord } from '../step-record.ts';
import { ownMetricsMs, pooledDurations, sharedMetricsReason } from './metrics-window.ts';

const T0 = Date.parse('2026-01-01T00:00:10.000Z');

/** A step from `T0` on, 1 s of warm-up and 4 s of hold, whose metrics cover these instants, s after `T0`. */
function covering(fromSeconds: number, toSeconds: number, periodSeconds = 1): StepRecord {
  const at = (seconds: number) => new Date(T0 + 1000 * seconds).toISOString();
  const window = { startedAt: at(fromSeconds), endedAt: at(toSeconds), periodSeconds };
  const stage = stageMetrics({ window });
  return stepRecord({ startedAt: at(0), warmUpMs: 1000, holdMs: 4000, stage });
}

describe('ownMetricsMs', () => {
  it.each([
    ['the hold', 1, 5, 4000],
    ['a part of the warm-up as well', 0.4, 5, 4600],
    ['idle time behind the step', 0.4, 5.4, 4600],
    ['a second before and behind it', -1, 6, 5000],
    ['more than that before it', -1.001, 6, null],
    ['more than that behind it', -1, 6.001, null],
    ['a minute', -10, 50, null],
  ])('of metrics that cover %s', (_what, from, to, ms) => {
    expect(ownMetricsMs(covering(from, to))).toBe(ms);
  });

  it('is the hold in a record that does not say what they cover, and null without metrics', () => {
    expect(ownMetricsMs(stepRecord({ stage: stageMetrics() }))).toBe(4000);
    expect(ownMetricsMs(stepRecord())).toBeNull();
  });
});

describe('sharedMetricsReason', () => {
  it('names the period that holds other steps as well', () => {
    expect(sharedMetricsReason(covering(-10, 50, 60))).toBe(
      "the stage's metrics have periods of 60 s, which hold other steps as well",
    );
  });

  it("is null where the metrics are the step's own, and where there are none", () => {
    expect(sharedMetricsReason(covering(1, 5))).toBeNull();
    expect(sharedMetricsReason(stepRecord())).toBeNull();
  });
});

describe('pooledDurations', () => {
  const told = (...durationBatches: NonNullable<StepRecord['stage']>['durationBatches']) =>
    stepRecord({ stage: stageMetrics({ durationBatches }) });

  it('counts a minute that two steps were told of once, as it was in the end', () => {
    const minute = T0 - (T0 % 60_000);
    const first = told([20, 500, minute]);
    const second = told([22, 900, minute], [21, 100, minute + 60_000]);
    const pooled = [
      [22, 900],
      [21, 100],
    ];
    expect(pooledDurations([first, second])).toEqual(pooled);
    expect(pooledDurations([second, first])).toEqual(pooled);
  });

  it('counts every batch of records that do not say when', () => {
    expect(pooledDurations([told([20, 500]), told([20, 500]), stepRecord()])).toHaveLength(2);
  });
});
