import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TemporaryWorkspace } from '../src/__fixtures__/temporary-workspace.ts';

const MAIN = resolve(__dirname, '../src/main.ts');

describe('throttle simulate', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const simulate = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, 'simulate', ...args, `--workspace=${workspace.root}`],
      {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
        maxBuffer: 1e8,
      },
    );
    return { status, stdout, stderr };
  };
  const totalsOf = (stdout: string) =>
    (JSON.parse(stdout) as { totals: { requests: number; outcomes: Record<string, number> } }).totals;

  it('says what becomes of a load, and draws it over time', () => {
    const { status, stdout, stderr } = simulate('--duration-ms=100', '--pattern=flash-crowd', '--rate=400');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const text of [
      '429 by the stage throttle',
      'reserved concurrency (F16, F34)',
      '█',
      '▒',
      'cold starts',
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('throttles 1 − r/λ of a constant overload, after the bucket', () => {
    const flags = [
      '--pattern=constant',
      '--rate=2000',
      '--duration=40s',
      '--duration-ms=10',
      '--service=constant',
    ];
    const { requests, outcomes } = totalsOf(simulate(...flags, '--json').stdout);
    expect(requests).toBe(80_000);
    // 2,000 of the bucket and 1,000/s for 40 s pass; the 10× rule lets 1,000/s of them in.
    expect(outcomes['throttled-by-stage']).toBe(80_000 - 2000 - 40_000 + 1);
  });

  it('takes 1,000,000 requests/s', () => {
    const { stdout } = simulate('--rate=1000000', '--duration=2s', '--duration-ms=50', '--json');
    expect(totalsOf(stdout).requests).toBeGreaterThan(1_990_000);
  });

  it('repeats itself with a seed, and not with another', () => {
    const run = (seed: number) => simulate('--duration-ms=50', '--duration=5s', `--seed=${seed}`).stdout;
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });

  it('takes service times from a run', async () => {
    const { runId, steps } = await workspace.addRun();
    const { record } = steps.find(({ record: { purpose } }) => purpose === 'discovery')!;
    const rows = Array.from({ length: record.sent }, (_, i) =>
      [i, record.warmUpMs + i, 0, 0, 5, 20 + (i % 40), 'acknowledged', 200, ''].join(','),
    );
    const header = 'sequence,intendedMs,latenessMs,connectMs,firstByteMs,latencyMs,outcome,status,errorType';
    const folder = join(workspace.results, runId);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, record.answersFile), `${[header, ...rows].join('\n')}\n`);
    const { status, stdout } = simulate(`--run=${runId}`, '--duration=5s');
    expect(status).toBe(0);
    expect(stdout).toContain(`answers of ${record.name}, run ${runId}`);
  });

  it.each([
    ['service times that nobody measured', [], /nobody measured.*--duration-ms=<ms>.*--run=<id>/],
    ['an unknown pattern', ['--pattern=sine'], /Allowed choices are constant, poisson, daily/],
    ['a rate of 0', ['--rate=0'], /want a number of requests\/s above 0, at most 10,000,000\./],
    [
      'an item that the table refuses',
      ['--duration-ms=9', '--payload-bytes=409547'],
      /lower --payload-bytes to at most 409546/,
    ],
    ['a span without end', ['--duration=8d'], /want a span of time up to 7d/],
    ['a peak of a pattern without one', ['--duration-ms=9', '--peak=2'], /--peak 2 with --pattern=poisson/],
    ['half of a usage plan', ['--duration-ms=9', '--client-rate=2'], /a usage plan has both/],
    ['two sources of service times', ['--duration-ms=9', '--run=one'], /want one source/],
    [
      'more than minutes of work',
      ['--duration-ms=9', '--rate=1000000', '--duration=1h'],
      /3\.6e\+9 attempts in 3600 s, want at most 1e\+9; lower/,
    ],
  ])('ends with exit code 2 on %s', (_what, args, message) => {
    const { status, stdout, stderr } = simulate(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('ends with exit code 1 and one line on a run or a file that is not there', () => {
    for (const args of [['--run=gone'], ['gone.json', '--duration-ms=9']]) {
      const { status, stderr } = simulate(...args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^.*gone.*\n$/);
    }
  });
});
