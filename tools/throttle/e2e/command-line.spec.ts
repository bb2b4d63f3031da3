import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { placeholder, TemporaryWorkspace, templateWith } from '../src/__fixtures__/temporary-workspace.ts';

const MAIN = resolve(__dirname, '../src/main.ts');
const ESCAPE = String.fromCharCode(27);
const justNow = () => ({
  startedAt: new Date(Date.now() - 200_000).toISOString(),
  finishedAt: new Date(Date.now() - 60_000).toISOString(),
});

describe('throttle', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const throttle = (args: readonly string[], environment: Record<string, string> = {}) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(NO|FORCE)_COLOR$/.test(name));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, ...args, `--workspace=${workspace.root}`],
      { encoding: 'utf8', env: { ...Object.fromEntries(inherited), ...environment } },
    );
    return { status, stdout, stderr };
  };

  it('writes the file, prints the change and the reasons; then check is content and another update finds nothing', async () => {
    await workspace.addRun({ runId: 'one', ...justNow() });
    const written = throttle(['update']);
    expect(written).toMatchObject({ status: 0, stderr: '' });
    for (const text of [
      '-    "rateLimit": 1000,',
      '+    "rateLimit": 912,',
      'rateLimit: 0.8 × 1140/s',
      'written from run one',
    ]) {
      expect(written.stdout).toContain(text);
    }
    expect(throttle(['check', '--require-evidence'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^local: current: measured by run one on .*\n$/),
    });
    expect(throttle(['update'])).toMatchObject({
      status: 0,
      stdout: 'apps/infra/config/throttle.local.json: unchanged; it already holds the limits of run one\n',
    });
  });

  it('writes what came of it as Markdown where it is told', async () => {
    await workspace.addRun({ runId: 'one', ...justNow() });
    const page = 'https://example.com/page';
    expect(throttle(['update', '--summary=change.md', `--page=${page}`])).toMatchObject({ status: 0 });
    expect(readFileSync(join(workspace.root, 'change.md'), 'utf8')).toMatch(
      /^# Verified: 912 requests\/s[^]*Page: <https:\/\/example\.com\/page>/,
    );
    expect(throttle(['update', `--page=${page}`])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--page goes with --summary'),
    });
  });

  it('refuses with every reason and exit code 1', async () => {
    await workspace.addRun({ runId: 'one', ...justNow(), audit: null, replay: null });
    const { status, stdout } = throttle(['update', 'one']);
    expect(status).toBe(1);
    expect(stdout).toContain(
      "not written; run one doesn't support it:\n  - the durability audit did not take place\n",
    );
    expect(stdout).toContain('  - the limits were not replayed\n');
  });

  it('says in one line that a run can not be read, with exit code 1 and no stack', () => {
    workspace.addText('cut', '{"version":1,');
    const { status, stdout, stderr } = throttle(['update', 'cut']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.*run\.json: not complete JSON.*\n$/);
  });

  it('fails check on stale limits, and on placeholders only when evidence is required', async () => {
    expect(throttle(['check']).status).toBe(0);
    expect(throttle(['check', '--require-evidence']).status).toBe(1);
    await workspace.addRun(justNow());
    throttle(['update']);
    workspace.synthesize(templateWith({ Runtime: 'nodejs22.x' }));
    expect(throttle(['check', '--stage=local'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('local: stale: template changed'),
    });
    expect(throttle(['check', '--stage=local', '--accept-stale'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('local: stale: template changed'),
    });
    const measured = JSON.parse(workspace.read());
    workspace.write({ ...measured, limits: { ...measured.limits, rateLimit: 1 } });
    expect(throttle(['check', '--stage=local', '--accept-stale'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('local: mismatch'),
    });
  });

  it('explains a file named relative to the workspace, and the file of a stage', () => {
    workspace.write({ ...placeholder, stage: 'dev' });
    const byStage = throttle(['explain', '--stage=dev', '--duration-ms', '100']);
    const byFile = throttle(['explain', 'apps/infra/config/throttle.dev.json', '--duration-ms=100']);
    expect(byStage.status).toBe(0);
    expect(byStage.stdout).toContain('Lambda refuses 7.57 % of the rated load');
    expect(byFile.stdout).toBe(byStage.stdout);
  });

  it('explains in figures for machines', () => {
    const { status, stdout } = throttle(['explain', '--json', '--duration-ms=100', '--payload-bytes=2000']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'apps/infra/config/throttle.local.json',
      subject: { durationMs: 100, payloadBytes: 2000, itemBytes: 2054, units: 3 },
      isCoherent: false,
      ratedLoad: { blockingRatio: expect.closeTo(0.0757, 4) },
    });
  });

  it('refuses to explain what is no configuration, in one line, with exit code 1', () => {
    writeFileSync(workspace.file, '{"limits":{"rateLimit":"many"}}');
    const { status, stdout, stderr } = throttle(['explain']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^throttle\.local\.json: limits\.rateLimit "many": .*\n$/);
  });

  it('reads and writes elsewhere when told to', async () => {
    await workspace.addRun({ runId: 'one', ...justNow() });
    const places = ['--results=results', '--config-dir=apps/infra/config', '--cdk-out=nowhere'];
    expect(throttle(['update', ...places])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nowhere/Spillway-local.template.json'),
    });
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['upgrade']],
    ['an unknown option', ['update', '--force']],
    ['a stage that is none', ['check', '--stage=../prod']],
    ['a duration of 0', ['explain', '--duration-ms=0']],
    ['a duration beyond 15 minutes', ['explain', '--duration-ms=900001']],
    ['a size that is none', ['explain', '--payload-bytes=large']],
  ])('ends with exit code 2 on %s, and says what is wrong', (_what, args) => {
    const { status, stderr } = throttle(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Usage:|error:/);
  });

  it('ends with 0 on help', () => {
    expect(throttle(['help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit codes:') });
  });

  it('colours only where it may: never into a pipe, nor against NO_COLOR', async () => {
    await workspace.addRun(justNow());
    const dryRun = ['update', '--dry-run'];
    expect(throttle(dryRun).stdout).not.toContain(ESCAPE);
    expect(throttle(dryRun, { NO_COLOR: '1' }).stdout).not.toContain(ESCAPE);
    expect(throttle(dryRun, { FORCE_COLOR: '1' }).stdout).toContain(ESCAPE);
  });
});
