import type { RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRun, RunNotFoundError } from './find-run.ts';
import { readRun, RunUnreadableError } from './read-run.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spillway-runs-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function keep(run: Partial<RunRecord> & { runId: string }, cutTo = Number.POSITIVE_INFINITY): string {
  const directory = join(root, 'results', run.runId);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...exampleRun(), ...run }).slice(0, cutTo));
  return directory;
}

const place = () => ({ root, results: join(root, 'results') });

describe(findRun.name, () => {
  it('takes the newest complete run of the stage', () => {
    keep({ runId: 'older', finishedAt: '2026-01-01T00:00:00.000Z' });
    keep({ runId: 'newer', finishedAt: '2026-01-02T00:00:00.000Z' });
    keep({ runId: 'cut-short', status: 'interrupted', finishedAt: '2026-01-03T00:00:00.000Z' });
    keep({ runId: 'of-another', stage: 'dev', finishedAt: '2026-01-04T00:00:00.000Z' });
    expect(findRun(place(), 'local').run.runId).toBe('newer');
  });

  it.each(['named', 'results/named', 'results/named/run.json'])('finds a run named as %s', (name) => {
    const directory = keep({ runId: 'named' });
    expect(findRun(place(), 'local', name)).toMatchObject({ run: { runId: 'named' }, directory });
  });

  it('says which folder a run lies in, whatever its name', () => {
    const renamed = join(root, 'results/baseline');
    renameSync(keep({ runId: 'one' }), renamed);
    keep({ runId: 'two', stage: 'dev' });
    expect(findRun(place(), 'local')).toMatchObject({ run: { runId: 'one' }, directory: renamed });
    expect(findRun(place(), 'local', 'baseline')).toMatchObject({
      run: { runId: 'one' },
      directory: renamed,
    });
  });

  it('lists what there is when it finds none, the unreadable too', () => {
    keep({ runId: 'of-dev', stage: 'dev' });
    keep({ runId: 'torn' }, 100);
    const find = () => findRun(place(), 'local');
    expect(find).toThrow(RunNotFoundError);
    expect(find).toThrow('results has of-dev (dev, complete), torn (not readable)');
  });
});

describe(readRun.name, () => {
  it('names a truncated record', () => {
    const directory = keep({ runId: 'torn' }, 100);
    expect(() => readRun(directory)).toThrow(RunUnreadableError);
    expect(() => readRun(directory)).toThrow('not complete JSON');
  });

  it('names the fields of a foreign one', () => {
    const directory = keep({ runId: 'foreign', status: 'done' as never });
    expect(() => readRun(directory)).toThrow('status: Invalid option');
  });
});
