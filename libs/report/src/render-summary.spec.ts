import { runRecordSchema } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import fc from 'fast-check';
import { arbitraryOf } from './__fixtures__/arbitrary-of.ts';
import { renderSummary } from './render-summary.ts';

describe('renderSummary', () => {
  it('starts with the verdict and has the bracket, the limits, the replay and the audit', () => {
    const summary = renderSummary(exampleRun());
    expect(summary).toMatch(/^# Verified: 912 requests\/s with bursts of 400\n/);
    expect(summary).toContain(', stage local, account 000000000000, us-east-1, quick profile.');
    expect(summary).toContain('Sustained rate: 1,140 – 1,254 requests/s.');
    expect(summary).toContain('| `rateLimit` | **912** requests/s | 1,000 |');
    expect(summary).toContain('Replay of the proposed limits: **verified**');
    expect(summary).toContain('41,208 acknowledged, 41,208 stored, **0 lost**, 37 unknown');
    expect(summary).toMatch(
      /\*\*Next:\*\* `npx nx run throttle update 20260512-091433-local --stage=local`\n$/,
    );
  });

  it('has the law, the sweeps, the cost and the checklist', () => {
    const summary = renderSummary(exampleRun());
    expect(summary).toContain('Scalability law: a peak of 1,257 requests/s');
    expect(summary).toContain('156/s at 262,144 bytes');
    expect(summary).toContain('512 MB is the cheapest of');
    expect(summary).toMatch(/\| 100 %: 912 requests\/s \| [\d,]+ \([\d.]+\) \|/);
    expect(summary).toContain('| burst capacity | answered |');
    const older = renderSummary(exampleRun({ usl: null, sweeps: null, recommendation: null }));
    expect(older).not.toMatch(/a peak of|cheapest|USD/);
  });

  it('keeps a table a table when a text holds a pipe, a line break or markup', () => {
    const check = { name: 'a|b', outcome: 'missed', found: 'one\ntwo', wanted: '<b>*x*</b>' } as const;
    const run = exampleRun();
    const summary = renderSummary({ ...run, replay: { ...run.replay!, checks: [check], verified: false } });
    expect(summary).toContain('| a\\|b | missed | one two | &lt;b>\\*x\\*&lt;/b> |');
  });

  it('never prints NaN, undefined or Infinity', () => {
    fc.assert(
      fc.property(arbitraryOf(runRecordSchema), (run) => {
        expect(renderSummary(run)).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object /);
      }),
      { numRuns: 100 },
    );
  });
});
