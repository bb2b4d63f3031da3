import { exampleMeasurements } from '@spillway/capacity/testing';
import { parseThrottleConfig, type MeasuredEvidence, type ThrottleConfig } from '@spillway/throttle';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW_MS, placeholder, TemporaryWorkspace, templateWith } from './__fixtures__/temporary-workspace.ts';
import { check, stagesWithLimits } from './check.ts';
import { update } from './update.ts';

describe('check', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const measured = async (): Promise<ThrottleConfig & { evidence: MeasuredEvidence }> => {
    await workspace.addRun();
    await update({ files: workspace, stage: 'local', dryRun: false, nowMs: NOW_MS });
    const { evidence, ...config } = parseThrottleConfig(workspace.read(), 'throttle.local.json');
    if (evidence.kind !== 'measured') throw new Error('update wrote no evidence');
    return { ...config, evidence };
  };

  it('is content with what update wrote', async () => {
    const { evidence } = await measured();
    const checked = await check(workspace, 'local');
    expect(checked).toMatchObject({ standing: 'current', because: expect.stringContaining(evidence.runId) });
  });

  it('is content after a change of the limits in the template, which the file itself makes', async () => {
    await measured();
    workspace.synthesize(templateWith({ Timeout: 5, ReservedConcurrentExecutions: 407 }));
    expect((await check(workspace, 'local')).standing).toBe('current');
  });

  it('knows a placeholder, and passes its note on', async () => {
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'placeholder',
      because: 'nobody measured these',
    });
  });

  it.each([
    ['bundle', { Code: { S3Key: `${'cd'.repeat(32)}.zip` } }],
    ['template', { Runtime: 'nodejs22.x' }],
    ['memorySize', { MemorySize: 512 }],
  ])('calls limits stale when the %s changed', async (part, properties) => {
    await measured();
    workspace.synthesize(templateWith(properties));
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'stale',
      because: expect.stringMatching(new RegExp(`^${part} changed since run .*--stage=local`)),
    });
  });

  it('calls a limit that was edited a mismatch, and says what the evidence gives', async () => {
    const config = await measured();
    workspace.write({ ...config, limits: { ...config.limits, rateLimit: 5000 } });
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'mismatch',
      because: expect.stringMatching(/has 5000\/s.*evidence gives 912\/s/),
    });
  });

  it.each<[string, (evidence: MeasuredEvidence) => MeasuredEvidence, RegExp]>([
    ['of another stage', (evidence) => ({ ...evidence, stage: 'dev' }), /evidence is of stage dev/],
    [
      'with a lost write',
      (evidence) => ({ ...evidence, audit: { ...evidence.audit, lost: 2 } }),
      /2 lost writes/,
    ],
  ])('calls evidence %s a mismatch', async (_what, change, because) => {
    const config = await measured();
    workspace.write({ ...config, evidence: change(config.evidence) });
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'mismatch',
      because: expect.stringMatching(because),
    });
  });

  it('calls a file of another stage a mismatch', async () => {
    writeFileSync(workspace.file, JSON.stringify({ ...placeholder, stage: 'dev' }));
    expect(await check(workspace, 'local')).toMatchObject({ standing: 'mismatch' });
  });

  it('calls a file broken that can not be parsed, and one that is not there', async () => {
    writeFileSync(workspace.file, '{"stage":');
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'broken',
      because: expect.stringContaining('throttle.local.json: not JSON'),
    });
    expect(await check(workspace, 'prod')).toMatchObject({ standing: 'broken' });
  });

  it('calls measured limits broken while there is no template, and placeholders not', async () => {
    await measured();
    rmSync(join(workspace.cdkOut, 'Spillway-local.template.json'));
    expect(await check(workspace, 'local')).toMatchObject({
      standing: 'broken',
      because: expect.stringContaining('run npx nx synth infra first'),
    });
    workspace.write(placeholder);
    expect((await check(workspace, 'local')).standing).toBe('placeholder');
  });

  it('calls evidence from which no limits follow broken', async () => {
    const config = await measured();
    const quotas = { ...exampleMeasurements.quotas, otherReservedConcurrency: 950 };
    const measurements = { ...exampleMeasurements, quotas };
    workspace.write({ ...config, evidence: { ...config.evidence, measurements } });
    expect(await check(workspace, 'local')).toMatchObject({ standing: 'broken' });
  });
});

describe('stagesWithLimits', () => {
  it('lists the throttle files of a folder, and nothing else in it', () => {
    const workspace = new TemporaryWorkspace();
    workspace.write({ ...placeholder, stage: 'dev' });
    writeFileSync(join(workspace.config, 'stages.json'), '{}');
    expect(stagesWithLimits(workspace)).toEqual(['dev', 'local']);
    workspace.remove();
  });
});
