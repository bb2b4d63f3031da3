import { exampleRun } from '@spillway/capacity/testing';
import type { ThrottleConfig } from '@spillway/throttle';
import { limitsToReplay } from './limits-to-replay.ts';

const run = exampleRun({});
const measured: ThrottleConfig = {
  stage: run.stage,
  limits: run.deployedLimits,
  evidence: {
    kind: 'measured',
    runId: 'earlier',
    stage: run.stage,
    measuredAt: run.startedAt,
    bound: { by: 'host', because: 'this machine is full' },
    measurements: run.measurements!,
    generator: { achievedRatio: 1, latenessP99Ms: 2 },
    audit: { acknowledged: 1, stored: 1, lost: 0, unknown: 0 },
    fingerprint: run.fingerprint,
  },
};
const placeholder: ThrottleConfig = {
  ...measured,
  evidence: { kind: 'placeholder', note: 'nobody measured' },
};

function replayedAgainst(throttle: ThrottleConfig, found = run): string[] {
  return limitsToReplay(found, throttle).map(({ of }) => of);
}

describe('limitsToReplay', () => {
  it('is the proposal where nobody measured what is deployed', () => {
    expect(replayedAgainst(placeholder)).toEqual(['proposed']);
  });

  it('is what is deployed where that was measured on just this, and the proposal should it not hold', () => {
    expect(limitsToReplay(run, measured)[0]).toEqual({ of: 'deployed', limits: run.deployedLimits });
    expect(replayedAgainst(measured)).toEqual(['deployed', 'proposed']);
  });

  it.each([
    ['another bundle', { fingerprint: { ...run.fingerprint, bundle: 'other' } }],
    ['another stage', { stage: 'elsewhere' }],
    ['limits that the stage does not enforce', { deployedLimits: { ...run.deployedLimits, rateLimit: 1 } }],
  ])('leaves limits out that were measured on %s', (_reason, changes) => {
    expect(replayedAgainst(measured, { ...run, ...changes })).toEqual(['proposed']);
  });

  it('is nothing where nothing was measured and nothing is proposed', () => {
    expect(replayedAgainst(placeholder, { ...run, recommendation: null })).toEqual([]);
  });
});
