import { exampleRun } from '@spillway/capacity/testing';
import { verdictOf } from './verdict.ts';

const run = exampleRun();
const replay = run.replay!;
const audit = run.audit!;
const missed = { name: 'burst is clean', outcome: 'missed', found: '3 of 400', wanted: 'none' } as const;
const open = { ...missed, outcome: 'inconclusive' } as const;

describe('verdictOf', () => {
  it.each([
    ['a verified proposal is good', {}, 'good', 'Verified: 912'],
    [
      'a lost write is worse than anything',
      { audit: { ...audit, lost: 1 } },
      'bad',
      '1 acknowledged entry lost',
    ],
    [
      'a lost write counts in an interrupted run too',
      { audit: { ...audit, lost: 2 }, status: 'interrupted', stoppedBy: 'SIGINT' } as const,
      'bad',
      '2 acknowledged entries lost',
    ],
    [
      'an interrupted run decides nothing',
      { status: 'interrupted', stoppedBy: 'SIGINT' } as const,
      'open',
      'interrupted',
    ],
    ['a failed run is bad', { status: 'failed', stoppedBy: 'x' } as const, 'bad', 'The run failed'],
    [
      'a missed check is bad',
      { replay: { ...replay, verified: false, checks: [missed] } },
      'bad',
      'Not verified',
    ],
    [
      'an open check is open',
      { replay: { ...replay, verified: false, checks: [open] } },
      'open',
      'Not verified',
    ],
    ['without a replay nothing is verified', { replay: null }, 'open', 'Measured, not replayed'],
    ['without an estimate it is inconclusive', { replay: null, estimate: null }, 'open', 'Inconclusive'],
  ])('%s', (_fact, changes, tone, headline) => {
    const verdict = verdictOf(exampleRun(changes));
    expect(verdict.tone).toBe(tone);
    expect(verdict.headline).toContain(headline);
  });

  it('says how to write a verified proposal, and that verified deployed limits need nothing', () => {
    expect(verdictOf(run).next).toBe(`npx nx run throttle update ${run.runId} --stage=${run.stage}`);
    expect(verdictOf(exampleRun({ replay: { ...replay, of: 'deployed' } })).next).toContain(
      'Nothing to change',
    );
  });

  it('names the checks that were not met', () => {
    const checks = [missed, { ...open, name: 'overload' }];
    expect(verdictOf(exampleRun({ replay: { ...replay, verified: false, checks } })).sentence).toContain(
      '1 missed and 1 inconclusive: burst is clean, overload',
    );
  });
});
