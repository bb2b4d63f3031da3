import type { JudgedStep, RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { RunNotFoundError, RunUnreadableError } from '@spillway/run-files';
import { parseThrottleConfig, type Limits } from '@spillway/throttle';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW_MS, TemporaryWorkspace, templateWith } from './__fixtures__/temporary-workspace.ts';
import { update, type UpdateRequest } from './update.ts';
import { WorkspaceFileError } from './workspace-files.ts';

const example = exampleRun();
const { recommendation, replay, audit, calibration, binding, estimate, steps } = example;
const otherLimits: Limits = { ...recommendation!.limits, rateLimit: recommendation!.limits.rateLimit + 1 };

/** A step that started earlier or later, by the clock. */
function movedBy(step: JudgedStep, ms: number): JudgedStep {
  const startedAt = new Date(Date.parse(step.record.startedAt) + ms).toISOString();
  return { ...step, record: { ...step.record, startedAt } };
}

describe('update', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const request = (changes: Partial<UpdateRequest> = {}) =>
    update({ files: workspace, stage: 'local', dryRun: false, nowMs: NOW_MS, ...changes });

  it('writes the limits that the run verified, with the run as their evidence', async () => {
    const run = await workspace.addRun();
    await expect(request()).resolves.toMatchObject({ kind: 'written', runId: run.runId });
    const { limits, evidence } = parseThrottleConfig(workspace.read(), 'throttle.local.json');
    expect(limits).toEqual(recommendation!.limits);
    expect(evidence).toEqual({
      kind: 'measured',
      runId: run.runId,
      stage: 'local',
      measuredAt: run.finishedAt,
      bound: { by: binding!.by, because: binding!.because },
      measurements: run.measurements,
      generator: { achievedRatio: calibration!.achievedRatio, latenessP99Ms: calibration!.latenessP99Ms },
      audit: { acknowledged: 41_208, stored: 41_208, lost: 0, unknown: 37 },
      fingerprint: run.fingerprint,
    });
  });

  it('replaces the file whole: whoever has it open still reads all of the old one', async () => {
    await workspace.addRun();
    const before = workspace.read();
    const open = openSync(workspace.file, 'r');
    await request();
    expect(readFileSync(open, 'utf8')).toBe(before);
    closeSync(open);
    expect(workspace.read()).not.toBe(before);
  });

  it('leaves nothing but the throttle file in its folder', async () => {
    await workspace.addRun();
    await request();
    expect(readdirSync(workspace.config)).toEqual(['throttle.local.json']);
  });

  it('says unchanged when the file already holds the limits of the run', async () => {
    await workspace.addRun();
    await request();
    const written = workspace.read();
    await expect(request()).resolves.toMatchObject({ kind: 'unchanged' });
    expect(workspace.read()).toBe(written);
  });

  it('writes nothing in a dry run, and tells what it would write', async () => {
    await workspace.addRun();
    const before = workspace.read();
    const outcome = await request({ dryRun: true });
    expect(outcome).toMatchObject({ kind: 'dry-run', before });
    expect(workspace.read()).toBe(before);
    await request();
    expect(outcome).toMatchObject({ after: workspace.read() });
  });

  it('says unchanged when the run verified the deployed limits, and the file holds them', async () => {
    await workspace.addRun({ replay: { ...replay!, of: 'deployed', limits: example.deployedLimits } });
    const before = workspace.read();
    await expect(request()).resolves.toMatchObject({ kind: 'unchanged' });
    expect(workspace.read()).toBe(before);
  });

  describe('takes', () => {
    it('the newest complete run of the stage', async () => {
      await workspace.addRun({ runId: 'old', finishedAt: '2026-05-12T09:16:00.000Z' });
      await workspace.addRun({ runId: 'new', finishedAt: '2026-05-12T09:18:00.000Z' });
      await workspace.addRun({ runId: 'cut', finishedAt: '2026-05-12T09:19:00.000Z', status: 'interrupted' });
      await workspace.addRun({ runId: 'dev', finishedAt: '2026-05-12T09:20:00.000Z', stage: 'dev' });
      await expect(request()).resolves.toMatchObject({ kind: 'written', runId: 'new' });
    });

    it.each([
      ['its id', 'old'],
      ['its folder', 'results/old'],
      ['its run.json', 'results/old/run.json'],
    ])('a run named by %s', async (_what, named) => {
      await workspace.addRun({ runId: 'old', finishedAt: '2026-05-12T09:16:00.000Z' });
      await workspace.addRun({ runId: 'new', finishedAt: '2026-05-12T09:18:00.000Z' });
      await expect(request({ run: named })).resolves.toMatchObject({ kind: 'written', runId: 'old' });
    });

    const rename = (from: string, to: string) =>
      renameSync(join(workspace.results, from), join(workspace.results, to));

    it.each([undefined, 'baseline'])('a run whose folder was renamed, named as %s', async (named) => {
      await workspace.addRun({ runId: 'one' });
      rename('one', 'baseline');
      await expect(request({ run: named })).resolves.toMatchObject({ kind: 'written', runId: 'one' });
    });

    it('the answers of the run it chose, not those in a folder that has its name', async () => {
      await workspace.addRun({ runId: 'one' });
      rename('one', 'baseline');
      await workspace.addRun({ runId: 'dev', stage: 'dev' });
      rename('dev', 'one');
      rmSync(join(workspace.results, 'one', 'step-discover-02.answers.csv'));
      await expect(request()).resolves.toMatchObject({ kind: 'written', runId: 'one' });
    });
  });

  const withThrottled = steps.map((step) => ({
    ...step,
    measurement: {
      ...step.measurement,
      outcomes: { ...step.measurement.outcomes, throttled: 5 },
    },
  }));

  describe('refuses', () => {
    it.each<[string, Partial<RunRecord>, RegExp]>([
      ['an interrupted run', { status: 'interrupted', stoppedBy: 'SIGINT' }, /interrupted: SIGINT/],
      ['a run of another stage', { stage: 'dev' }, /measured stage dev/],
      [
        'a run that is too old',
        { startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:02:00.000Z' },
        /days old/,
      ],
      [
        'an inconclusive estimate',
        { estimate: { ...estimate!, conclusive: false, reasons: ['one step only'] } },
        /inconclusive: one step only/,
      ],
      ['a missing estimate', { estimate: null }, /no estimate/],
      [
        'a throttled discovery',
        { steps: withThrottled, estimate: { ...estimate!, conclusive: false } },
        /were throttled/,
      ],
      [
        'an estimate bound by the stage throttle',
        { binding: { ...binding!, by: 'stage-throttle' } },
        /measured a throttle/,
      ],
      ['an estimate bound by the generator', { binding: { ...binding!, by: 'generator' } }, /the generator/],
      [
        'a generator that fell behind',
        { calibration: { ...calibration!, achievedRatio: 0.9, passed: false } },
        /the generator achieved 90/,
      ],
      ['a run without a calibration', { calibration: null }, /the generator was not calibrated/],
      [
        'a clock that jumped back while it ran',
        { startedAt: '2026-05-12T09:20:00.000Z', finishedAt: '2026-05-12T09:17:00.000Z' },
        /finished 2026-05-12T09:17:00.000Z: a clock jumped/,
      ],
      [
        'a clock that ran ahead of this one',
        { startedAt: '2026-05-14T09:14:00.000Z', finishedAt: '2026-05-14T09:17:00.000Z' },
        /a clock jumped/,
      ],
      [
        'a clock that jumped between two steps',
        { steps: steps.map((step, index) => (index < 9 ? step : movedBy(step, -3_600_000))) },
        /step discover-09 started .* a clock jumped/,
      ],
      ['a lost write', { audit: { ...audit!, stored: 41_207, lost: 1 } }, /1 of 41208 acknowledged entries/],
      ['an entry that was never sent', { audit: { ...audit!, neverSent: 1 } }, /never sent/],
      ['a missing audit', { audit: null }, /audit did not take place/],
      ['a replay that is not verified', { replay: { ...replay!, verified: false } }, /does not verify/],
      ['a missing replay', { replay: null }, /not replayed/],
      [
        'limits that its measurements do not give',
        {
          recommendation: { ...recommendation!, limits: otherLimits },
          replay: { ...replay!, limits: otherLimits },
        },
        /proposes 913\/s.*its measurements give 912\/s/,
      ],
      [
        'limits that were not the ones replayed',
        { replay: { ...replay!, limits: otherLimits } },
        /it replayed 913\/s/,
      ],
      [
        'a verification of limits that the file no longer holds',
        { replay: { ...replay!, of: 'deployed', limits: otherLimits } },
        /the file has changed since/,
      ],
    ])('%s', async (_what, changes, reason) => {
      const run = await workspace.addRun(changes);
      const before = workspace.read();
      const outcome = await request({ run: run.runId });
      expect(outcome).toMatchObject({
        kind: 'refused',
        reasons: expect.arrayContaining([expect.stringMatching(reason)]),
      });
      expect(workspace.read()).toBe(before);
    });

    it.each([
      ['bundle', { Code: { S3Key: `${'cd'.repeat(32)}.zip` } }],
      ['template', { Runtime: 'nodejs22.x' }],
      ['memory size', { MemorySize: 512 }],
    ])('a run after which the %s changed', async (part, properties) => {
      await workspace.addRun();
      workspace.synthesize(templateWith(properties));
      const outcome = await request();
      expect(outcome).toMatchObject({
        kind: 'refused',
        reasons: [expect.stringContaining(`${part} changed`)],
      });
    });

    it('everything while there is no template to compare with', async () => {
      await workspace.addRun();
      rmSync(join(workspace.cdkOut, 'Spillway-local.template.json'));
      await expect(request()).rejects.toThrow(WorkspaceFileError);
      await expect(request()).rejects.toThrow('run npx nx synth infra first');
    });

    const answersOf = (run: RunRecord, step: number) =>
      join(workspace.results, run.runId, run.steps[step]!.record.answersFile);

    it.each<[string, (text: string) => string, RegExp]>([
      ['cut short', (text) => text.slice(0, text.length / 2), /^results\/[^:]*discover-02.answers.csv: /],
      ['emptied', () => '', /discover-02.answers.csv: /],
      [
        'changed',
        (text) => text.replaceAll('acknowledged,200', 'failed,500'),
        /^step discover-02 is not what its answers say: /,
      ],
    ])('a run with an answers file that was %s, and names it', async (_what, change, reason) => {
      const run = await workspace.addRun();
      const file = answersOf(run, 2);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      await expect(request()).resolves.toMatchObject({
        kind: 'refused',
        reasons: [expect.stringMatching(reason)],
      });
    });

    it('a run whose answers are gone, without naming every one', async () => {
      const run = await workspace.addRun();
      for (let step = 0; step < run.steps.length; step += 1) rmSync(answersOf(run, step));
      const outcome = await request();
      expect(outcome).toMatchObject({
        kind: 'refused',
        reasons: [
          expect.stringContaining("step-calibration.answers.csv: can't be read (ENOENT)"),
          expect.anything(),
          expect.anything(),
          'and 14 more steps like that',
        ],
      });
    });

    it('a run.json that was cut short, in one line', async () => {
      workspace.addText('cut', JSON.stringify(example).slice(0, 500));
      const refused = request({ run: 'cut' });
      await expect(refused).rejects.toThrow(RunUnreadableError);
      await expect(refused).rejects.toThrow(
        /^.*run\.json: not complete JSON .*want the record of a run; .*$/,
      );
    });

    it('a run.json that holds something else, and names what is wrong', async () => {
      workspace.addText('other', JSON.stringify({ ...example, profile: 'huge', extra: 1 }));
      await expect(request({ run: 'other' })).rejects.toThrow(/profile: /);
    });
  });

  it('lists the runs there are when the one named is not among them', async () => {
    await workspace.addRun({ runId: 'one', stage: 'dev' });
    workspace.addText('two', '{');
    await expect(request({ run: 'three' })).rejects.toThrow(
      'no run three; results has one (dev, complete), two (not readable)',
    );
    await expect(request({ run: 'three' })).rejects.toThrow(RunNotFoundError);
  });

  it('says how to get a run when there is none', async () => {
    await expect(request()).rejects.toThrow(
      'no complete run of stage local; results has no runs; run npx nx run loadtest --stage=local',
    );
  });
});
