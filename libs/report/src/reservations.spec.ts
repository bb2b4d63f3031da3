import { exampleRun } from '@spillway/capacity/testing';
import { whatWasNotMeasured, whatWasSetAside } from './reservations.ts';

const run = exampleRun();

describe('whatWasSetAside', () => {
  it('counts the stalls of a step and the answers in them', () => {
    expect(whatWasSetAside(run)).toContain(
      'discover-10: the host stood still 1 time, 730 ms in all; 1,009 answers set aside.',
    );
  });

  it('names the steps whose stage metrics could not be read, and not the calibration, which has no stage', () => {
    const steps = run.steps.map((step) => ({ ...step, record: { ...step.record, stage: null } }));
    const sentence = whatWasSetAside({ ...run, steps }).at(-1);
    expect(sentence).toContain('could not be read for 16 steps: discover-01,');
    expect(whatWasSetAside(run).join()).not.toContain('could not be read');
  });
});

describe('whatWasNotMeasured', () => {
  it('names the memory and the payload that were not tried, unless they were swept', () => {
    const untried = [
      'Other memory sizes: all steps ran with 1,024 MB.',
      'Other payloads: all entries had 1,024 bytes.',
    ];
    const unswept = whatWasNotMeasured({ ...run, sweeps: { payload: null, memory: null } });
    expect(unswept).toEqual(expect.arrayContaining(untried));
    expect(whatWasNotMeasured({ ...run, sweeps: null })).toEqual(expect.arrayContaining(untried));
    for (const sentence of untried) expect(whatWasNotMeasured(run)).not.toContain(sentence);
  });

  it('says which metrics the stage did not publish', () => {
    const points = run.timeline!.points.map((point) => ({ ...point, consumedWriteUnits: null }));
    const unmetered = whatWasNotMeasured({ ...run, timeline: { ...run.timeline!, points } });
    expect(unmetered).toContain('Write units: the stage published no such metric.');
    expect(whatWasNotMeasured(run)).not.toContain('Write units: the stage published no such metric.');
    expect(whatWasNotMeasured({ ...run, timeline: null })).toContain("The stage's own metrics over time.");
  });

  it('says so when no law cross-checks the bracket', () => {
    const usl = { kind: 'not-fitted', reason: '4 levels, want 6' } as const;
    expect(whatWasNotMeasured({ ...run, usl }).join()).toContain('The scalability law');
    expect(whatWasNotMeasured(run).join()).not.toContain('The scalability law');
  });

  it("warns that the local stage's numbers are no others' only on the local stage", () => {
    expect(whatWasNotMeasured(run).join()).toContain("AWS's capacity");
    expect(whatWasNotMeasured({ ...run, stage: 'dev' }).join()).not.toContain("AWS's capacity");
  });

  it.each([
    ['calibration', 'generator was not calibrated'],
    ['estimate', 'no estimate was reached'],
    ['replay', 'nothing was replayed'],
    ['audit', 'was not audited'],
  ])('says so when there is no %s', (field, text) => {
    expect(whatWasNotMeasured({ ...run, [field]: null }).join()).toContain(text);
    expect(whatWasNotMeasured(run).join()).not.toContain(text);
  });

  it('says so when no rate failed, and when no burst was tried', () => {
    const estimate = { ...run.estimate!, upperPerSecond: null };
    expect(whatWasNotMeasured({ ...run, estimate }).join()).toContain('no rate that was tried failed');
    expect(whatWasNotMeasured({ ...run, steps: [] })).toContain('Bursts from idle.');
  });
});
