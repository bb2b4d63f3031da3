import { comparedRun } from '../__fixtures__/compared-run.ts';
import { judgedStep } from '../__fixtures__/judged-step.ts';
import type { RunRecord } from '../run-record.ts';
import { refuseComparison } from './refuse-comparison.ts';

const steps = [judgedStep(200, 'pass')];
const run = (seed: number, changes: Partial<RunRecord> = {}) => comparedRun(seed, steps, 1000, changes);
const a = run(1);

describe('refuseComparison', () => {
  it('refuses nothing where both sides were asked the same', () => {
    expect(refuseComparison([a], [run(2)])).toEqual([]);
    const changed = { bundle: 'b2', template: 'c'.repeat(64), memorySize: 1024 };
    expect(refuseComparison([a], [run(2, { fingerprint: changed })])).toEqual([]);
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['another stage', { stage: 'prod' }, 'stage differs: dev in run run-1, prod in run run-2'],
    ['another profile', { profile: 'full' }, 'profile differs: quick in run run-1, full in run run-2'],
    [
      'another SLO',
      { targets: { ...a.targets, latencyMs: 300 } },
      'SLO differs: 99 % within 500 ms in run run-1, 99 % within 300 ms in run run-2',
    ],
    [
      'an SLO that differs in its last digit',
      { targets: { ...a.targets, errorRatio: 0.0107 } },
      'SLO differs: 99 % within 500 ms in run run-1, 98.93 % within 500 ms in run run-2',
    ],
    [
      'other memory',
      { fingerprint: { ...a.fingerprint, memorySize: 512 } },
      'memory differs: 1024 MB in run run-1, 512 MB in run run-2',
    ],
    [
      'another payload',
      { steps: [judgedStep(200, 'pass', { payloadBytes: 4096 })] },
      'payload differs: 1024 bytes in run run-1, 4096 bytes in run run-2',
    ],
    [
      'other arrivals',
      {
        steps: [judgedStep(200, 'pass', { arrivals: { kind: 'poisson', ratePerSecond: 200, seed: 1 } })],
      },
      'arrivals differs: constant in run run-1, poisson in run run-2',
    ],
    [
      'an inconclusive run',
      { estimate: { conclusive: false, lowerPerSecond: 9, upperPerSecond: null, reasons: ['no end'] } },
      'the estimate of run run-2 is inconclusive: no end',
    ],
    [
      'a run without an estimate',
      { estimate: null },
      'the estimate of run run-2 is inconclusive: it has none',
    ],
    [
      'an interrupted run',
      { status: 'interrupted', stoppedBy: 'SIGINT' },
      'run run-2 is interrupted: SIGINT',
    ],
    [
      'a run bound by its generator',
      { binding: { by: 'generator', because: 'late', next: '' } },
      'run run-2 is bound by the generator: it did not measure the stage',
    ],
    [
      'a run bound by the throttle',
      { binding: { by: 'stage-throttle', because: '429', next: '' } },
      'run run-2 is bound by the stage throttle: it did not measure the stage',
    ],
    [
      'a run bound by a usage plan',
      { binding: { by: 'usage-plan', because: '429 for one key', next: '' } },
      'run run-2 is bound by the usage plan: it did not measure the stage',
    ],
  ])('refuses %s', (_name, changes, reason) => {
    expect(refuseComparison([a], [run(2, changes)])).toEqual([reason]);
  });

  it('refuses a side that mixes systems', () => {
    const other = run(3, { fingerprint: { ...a.fingerprint, bundle: 'b9' } });
    expect(refuseComparison([a, other], [run(2)])).toEqual([
      'side A mixes systems: runs run-1 and run-3 differ in the function bundle',
    ]);
  });

  it('refuses a run that is named twice, and an empty side', () => {
    expect(refuseComparison([a], [a])).toEqual(['run run-1 is named twice, want runs that differ']);
    expect(refuseComparison([a], [])).toEqual(['each side needs at least one run']);
    expect(refuseComparison([], [a])).toEqual(['each side needs at least one run']);
  });
});
