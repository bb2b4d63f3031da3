import { exampleRun } from '@spillway/capacity/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRuns } from './list-runs.ts';

let results = '';

beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'spillway-list-'));
});

afterEach(() => rmSync(results, { recursive: true, force: true }));

function keep(runId: string, finishedAt: string, cutTo = Number.POSITIVE_INFINITY): void {
  mkdirSync(join(results, runId));
  const text = JSON.stringify({ ...exampleRun(), runId, finishedAt });
  writeFileSync(join(results, runId, 'run.json'), text.slice(0, cutTo));
}

describe(listRuns.name, () => {
  it('lists the newest first, whatever they are called', () => {
    keep('z-older', '2026-01-01T00:00:00.000Z');
    keep('a-newer', '2026-01-02T00:00:00.000Z');
    expect(listRuns(results).map(({ id }) => id)).toEqual(['a-newer', 'z-older']);
  });

  it('names those that can not be read last, with the reason', () => {
    keep('torn', '2026-01-03T00:00:00.000Z', 100);
    mkdirSync(join(results, 'empty'));
    keep('whole', '2026-01-01T00:00:00.000Z');
    writeFileSync(join(results, '.gitignore'), '*\n');
    const [first, ...others] = listRuns(results);
    expect(first).toMatchObject({ id: 'whole', directory: join(results, 'whole'), reason: null });
    expect(others.map(({ id, run }) => [id, run])).toEqual(
      expect.arrayContaining([
        ['torn', 'not readable'],
        ['empty', 'no run.json'],
      ]),
    );
    expect(others.find(({ id }) => id === 'torn')?.reason).toContain('not complete JSON');
  });

  it('is empty where there is no folder', () => {
    expect(listRuns(join(results, 'none'))).toEqual([]);
  });
});
