import { spawnSync } from 'node:child_process';
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { artilleryReport, keepRunWithAnswers } from '../src/__fixtures__/run-with-answers.ts';
import { TemporaryWorkspace } from '../src/__fixtures__/temporary-workspace.ts';

const MAIN = resolve(__dirname, '../src/main.ts');
const SLO = ['--latency-ms=500', '--error-ratio=0.01'];

describe('throttle analyze', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const analyze = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, 'analyze', ...args, `--workspace=${workspace.root}`],
      { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
    );
    return { status, stdout, stderr };
  };
  const keep = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(workspace.root, name), content);

  it('measures a run again, and names the file that was changed since', () => {
    keepRunWithAnswers(workspace.results, 'one');
    expect(analyze('one')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('is that of run.json'),
    });
    truncateSync(join(workspace.results, 'one/step-discover-01.answers.csv'), 100);
    const cut = analyze('one');
    expect(cut.status).toBe(1);
    expect(cut.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Measured again, 2 steps from 2,000 answers on disk: 1 of them differs from run.json: - discover-01: step-discover-01.answers.csv:',
    );
  });

  it('concludes from a report, for people and for machines', () => {
    keep('report.json', artilleryReport(200));
    expect(analyze('report.json', ...SLO)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(
        'The stage held at least 20/s for 20 s with 99 % of answers good within 500 ms.',
      ),
    });
    const { status, stdout } = analyze('report.json', '--json', ...SLO);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'report.json',
      kind: 'report',
      conclusion: { atLeastPerSecond: 20 },
    });
  });

  it('concludes nothing from a report of a throttle, which is no failure of the command', () => {
    keep('report.json', artilleryReport(200, { 429: 60 }));
    const { status, stdout } = analyze('report.json', ...SLO);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Nothing follows about capacity:/m);
    expect(stdout).toMatch(/240 of 800 answers are 429/);
  });

  it.each([
    ['another tool', 'Requests      [total, rate, throughput]  1, 1, 1\n', 'a report of vegeta'],
    ['nothing', '', 'an empty file'],
    ['a binary', Uint8Array.of(0, 1, 2), 'a binary file'],
    ['nesting of a million levels', '['.repeat(1_000_000), 'complete JSON'],
  ])('refuses %s with exit code 1 and no stack', (_what, content, found) => {
    keep('file', content);
    const { status, stdout, stderr } = analyze('file', ...SLO);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain(found);
    const machine = analyze('file', '--json', ...SLO);
    expect(machine.status).toBe(1);
    expect(JSON.parse(machine.stdout)).toMatchObject({
      kind: 'refused',
      found: expect.stringContaining(found),
    });
  });

  it('refuses 100 MB of something else without reading it all, and reads a report as large', () => {
    const file = join(workspace.root, 'large');
    const megabyte = 1024 * 1024;
    writeFileSync(file, '[');
    for (let i = 0; i < 100; i += 1) appendFileSync(file, '[],'.repeat(megabyte / 3));
    const refused = analyze('large', ...SLO);
    expect({ status: refused.status, stderr: refused.stderr }).toEqual({ status: 1, stderr: '' });
    expect(refused.stdout.replaceAll(/\s+/g, ' ')).toContain(
      '100 MB, and it does not begin as a report does',
    );
    writeFileSync(file, artilleryReport(200).slice(0, -1));
    for (let i = 0; i < 100; i += 1) appendFileSync(file, `,"more${i}":"${'x'.repeat(megabyte)}"`);
    appendFileSync(file, '}');
    expect(analyze('large', ...SLO)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('at least 20/s'),
    });
  }, 60_000);

  it.each([
    ['nothing to analyze', []],
    ['two files', ['a', 'b']],
    ['a latency of 0', ['a', '--latency-ms=0']],
    ['a share of 1', ['a', '--error-ratio=1']],
  ])('ends with exit code 2 on %s', (_what, args) => {
    const { status, stderr } = analyze(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/error:/);
  });

  it('ends with exit code 2 on an SLO for a run, which has its own', () => {
    keepRunWithAnswers(workspace.results, 'one');
    const { status, stdout, stderr } = analyze('one', '--latency-ms=100');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: found --latency-ms with run one, want it with a report only/);
  });

  it('says in one line that there is no such run or file', () => {
    expect(analyze('nowhere')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'no file nowhere, and no run nowhere; results has no runs\n',
    });
  });
});
