import type { Comparison } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keepRun } from './__fixtures__/kept-run.ts';

const BIN = resolve(__dirname, '../bin/spillway-loadtest.cjs');

const changedFingerprint = { ...exampleRun().fingerprint, bundle: 'c0ffee00'.repeat(8) };

const results = mkdtempSync(join(tmpdir(), 'spillway-kept-'));

beforeAll(() => {
  for (const [index, noise] of [1, 1.02, 0.98].entries()) {
    const at = { finishedAt: `2026-01-0${index + 1}T00:00:00.000Z` };
    keepRun(results, `old-${index + 1}`, noise, at);
    keepRun(results, `new-${index + 1}`, 1.2 * noise, { ...at, fingerprint: changedFingerprint });
    keepRun(results, `same-${index + 1}`, 1.01 * noise, at);
  }
  keepRun(results, 'prod-1', 1, { stage: 'prod' });
});

afterAll(() => rmSync(results, { recursive: true, force: true }));

function loadtest(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--results', results], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('loadtest compare', () => {
  it('ends with 1 where B is slower beyond noise, and says by what', () => {
    const { status, stdout } = loadtest('compare', 'old-1,old-2,old-3', 'new-1,new-2,new-3');
    expect(stdout).toMatch(/Verdict {9}B is slower beyond noise: latency p50 \+20 %/);
    expect(stdout).toContain('- function duration');
    expect(stdout).toContain('Changed         function bundle b6ea83a1 → c0ffee00');
    expect(status).toBe(1);
  });

  it('ends with 0 where B is faster, or no different', () => {
    expect(loadtest('compare', 'new-1,new-2,new-3', 'old-1,old-2,old-3').status).toBe(0);
    const { status, stdout } = loadtest('compare', 'old-1,old-2,old-3', 'same-1,same-2,same-3');
    expect(stdout).toContain('No difference beyond noise');
    expect(status).toBe(0);
  });

  it('prints Markdown for a pull request, and JSON for machines', () => {
    const sides = ['old-1,old-2', 'same-1,same-2'];
    expect(loadtest('compare', ...sides, '--markdown').stdout).toMatch(
      /^### Load test: No difference(.|\n)*\n\| latency p50 \| 2\.85 ms \| 2\.88 ms \| \+1 % \|/,
    );
    const comparison: Comparison = JSON.parse(loadtest('compare', ...sides, '--json').stdout);
    expect(comparison).toMatchObject({ kind: 'compared', a: ['old-1', 'old-2'], verdict: 'no-difference' });
  });

  it('takes folders as well as ids', () => {
    const { status } = loadtest('compare', join(results, 'old-1'), join(results, 'same-1', 'run.json'));
    expect(status).toBe(0);
  });

  it.each([
    ['runs of two stages', ['old-1', 'prod-1'], 'stage differs: local in run old-1, prod in run prod-1'],
    ['the same run twice', ['old-1', 'old-1'], 'run old-1 is named twice'],
    ['a run that is not there', ['old-1', 'gone'], 'no run gone;'],
    ['one side', ['old-1'], "missing required argument 'B'"],
    ['two ways to print at once', ['old-1', 'old-2', '--json', '--markdown'], 'cannot be used with'],
  ])('ends with 2 for %s', (_name, args, text) => {
    const { status, stdout, stderr } = loadtest('compare', ...args);
    expect(`${stdout}${stderr}`).toContain(text);
    expect(status).toBe(2);
  });

  it('names answers that are cut, and compares by the record all the same', () => {
    keepRun(results, 'cut', 1);
    truncateSync(join(results, 'cut', 'step-discover-03.answers.csv'), 5000);
    const { status, stdout } = loadtest('compare', 'old-1', 'cut');
    expect(stdout).toMatch(/The noise within run cut is not known: .*step-discover-03\.answers\.csv/);
    expect(status).toBe(0);
    rmSync(join(results, 'cut'), { recursive: true });
  });

  it('ends with 2 for a record that is cut', () => {
    keepRun(results, 'torn', 1);
    truncateSync(join(results, 'torn', 'run.json'), 100);
    const { status, stderr } = loadtest('compare', 'old-1', 'torn');
    expect(stderr).toContain('not complete JSON');
    expect(status).toBe(2);
    rmSync(join(results, 'torn'), { recursive: true });
  });
});

describe('loadtest history', () => {
  it('lists runs newest first, and those of one stage where asked', () => {
    const { status, stdout } = loadtest('history');
    const ids = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(ids.indexOf('old-3')).toBeLessThan(ids.indexOf('old-1'));
    expect(status).toBe(0);
    expect(loadtest('history', '--stage=prod').stdout.trim().split('\n')).toHaveLength(2);
  });

  it('names a run that can not be read, and does not fail for it', () => {
    keepRun(results, 'torn', 1);
    writeFileSync(join(results, 'torn', 'run.json'), '{"version":1');
    const { status, stdout } = loadtest('history');
    expect(stdout).toMatch(/Not readable\n {2}torn {2}.*not complete JSON/);
    expect(status).toBe(0);
    rmSync(join(results, 'torn'), { recursive: true });
  });
});
