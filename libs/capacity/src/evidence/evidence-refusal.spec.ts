import { judgedStep } from '../__fixtures__/judged-step.ts';
import { runRecord } from '../__fixtures__/run-record.ts';
import { refuseRun } from './evidence-refusal.ts';
import type { JudgedStep, RunRecord } from '../run-record.ts';

const good = runRecord();
const finishedMs = Date.parse(good.finishedAt);
const DAY_MS = 86_400_000;
const context = { stage: 'dev', nowMs: finishedMs, deployedFingerprint: good.fingerprint };

function throttledStep(): JudgedStep {
  const step = judgedStep(1000, 'throttled');
  const outcomes = { ...step.measurement.outcomes, throttled: 7 };
  return { ...step, measurement: { ...step.measurement, outcomes } };
}

const unsure = { ...good.estimate!, conclusive: false, reasons: ['the bracket is 60 % wide'] };

describe('refuseRun', () => {
  it('lets a good run become limits', () => {
    expect(refuseRun(good, context)).toEqual([]);
  });

  it.each([
    ['interrupted', { status: 'interrupted', stoppedBy: 'SIGINT' }, /is interrupted: SIGINT/],
    ['of another stage', { stage: 'local' }, /measured stage local, which says nothing about dev/],
    [
      'of another bundle',
      { fingerprint: { ...good.fingerprint, bundle: 'b0' } },
      /the function bundle changed/,
    ],
    [
      'of another template',
      { fingerprint: { ...good.fingerprint, template: 'b'.repeat(64) } },
      /the template changed/,
    ],
    ['of other memory', { fingerprint: { ...good.fingerprint, memorySize: 512 } }, /the memory size changed/],
    ['by a clock that jumped', { finishedAt: '2025-12-31T00:00:00.000Z' }, /a clock jumped/],
    ['throttled', { steps: [throttledStep()] }, /1 discovery steps were throttled/],
    ['bound by a usage plan', { binding: { ...good.binding!, by: 'usage-plan' } }, /measured a throttle/],
    ['bound by a throttle', { binding: { ...good.binding!, by: 'stage-throttle' } }, /measured a throttle/],
    [
      'bound by the generator',
      { binding: { ...good.binding!, by: 'generator' } },
      /fell behind in discovery/,
    ],
    [
      'by a generator that failed its calibration',
      { calibration: { ...good.calibration!, achievedRatio: 0.9, passed: false } },
      /achieved 90.0 % of 4000\/s/,
    ],
    ['not calibrated', { calibration: null }, /was not calibrated/],
    ['inconclusive', { estimate: unsure }, /inconclusive: the bracket is 60 % wide/],
    ['without an estimate', { estimate: null }, /there is no estimate/],
    ['without limits', { recommendation: null }, /proposes no limits/],
    ['not audited', { audit: null }, /audit did not take place/],
    ['that lost a write', { audit: { ...good.audit!, lost: 1, stored: 8999 } }, /1 of 9000 acknowledged/],
    ['with entries never sent', { audit: { ...good.audit!, neverSent: 2 } }, /2 entries .* never sent/],
    ['not replayed', { replay: null }, /were not replayed/],
    [
      'not verified',
      {
        replay: {
          ...good.replay!,
          verified: false,
          checks: [{ name: 'no 429', outcome: 'missed', found: '4 throttled', wanted: '0' }],
        },
      },
      /no 429: missed \(4 throttled\)/,
    ],
  ] satisfies [string, Partial<RunRecord>, RegExp][])(
    'refuses a run %s, for that reason alone',
    (_what, changes, reason) => {
      const refusals = refuseRun(runRecord(changes), context);
      expect(refusals).toContainEqual(expect.stringMatching(reason));
      expect(refusals).toHaveLength(1);
    },
  );

  it('counts 30 days, and not one more', () => {
    expect(refuseRun(good, { ...context, nowMs: finishedMs + 30 * DAY_MS })).toEqual([]);
    expect(refuseRun(good, { ...context, nowMs: finishedMs + 31 * DAY_MS })).toEqual([
      expect.stringMatching(/31 days old, at most 30/),
    ]);
  });

  it('wants steps one after the other: a clock set back by more than 2 s between them is seen', () => {
    // Each step holds 1 s.
    const startingAt = (at: string) => [
      judgedStep(1000, 'pass', { startedAt: '2026-01-01T12:00:10.000Z' }),
      judgedStep(1080, 'fail', { startedAt: at, name: 'discovery-02' }),
    ];
    expect(refuseRun(runRecord({ steps: startingAt('2026-01-01T12:00:09.000Z') }), context)).toEqual([]);
    expect(refuseRun(runRecord({ steps: startingAt('2026-01-01T12:00:08.900Z') }), context)).toEqual([
      expect.stringMatching(
        /^step discovery-02 started .* before the step before it can have ended: a clock jumped/,
      ),
    ]);
  });

  it('names every reason, not the first alone', () => {
    expect(refuseRun(runRecord({ stage: 'local', audit: null, replay: null }), context)).toHaveLength(3);
  });

  it('does not hold an unknown deployment against a run', () => {
    expect(refuseRun(good, { ...context, deployedFingerprint: null })).toEqual([]);
  });
});
