import type { RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import type { ListedRun } from '@spillway/run-files';
import { historyLines } from './history-lines.ts';

const all = { directory: 'results', stage: null };

function listed(id: string, changes: Partial<RunRecord> = {}): ListedRun {
  return { id, directory: `results/${id}`, run: exampleRun({ runId: id, ...changes }), reason: null };
}

describe('historyLines', () => {
  it('is a table of runs with what changed since the run before of the same stage', () => {
    const { fingerprint } = exampleRun();
    const lines = historyLines(
      [
        listed('third', { fingerprint: { ...fingerprint, bundle: 'c0ffee00', memorySize: 512 } }),
        listed('other', { stage: 'dev', fingerprint: { ...fingerprint, bundle: 'deadbeef' } }),
        listed('second', { replay: null, recommendation: null, binding: null }),
        listed('first', { estimate: null, status: 'interrupted', stoppedBy: 'SIGINT' }),
      ],
      all,
    );
    const { limits } = exampleRun().recommendation!;
    const proposed = `${limits.rateLimit}/s b ${limits.burstLimit} c ${limits.reservedConcurrency}`;
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['run', 'finished', 'stage', 'profile', 'sustained', 'bound by', 'limits', 'verified', 'changed'],
      [
        ...[
          'third',
          '2026-05-12 09:17',
          'local',
          'quick',
          '[1140, 1254]',
          'function cpu',
          proposed,
          'proposed',
        ],
        'bundle b6ea83a1 → c0ffee00, memory 1024 MB → 512 MB',
      ],
      [
        ...[
          'other',
          '2026-05-12 09:17',
          'dev',
          'quick',
          '[1140, 1254]',
          'function cpu',
          proposed,
          'proposed',
        ],
        'first',
      ],
      ['second', '2026-05-12 09:17', 'local', 'quick', '[1140, 1254]', '–', '–', '–', 'nothing'],
      [
        ...[
          'first',
          '2026-05-12 09:17',
          'local',
          'quick',
          'interrupted',
          'function cpu',
          proposed,
          'proposed',
        ],
        'first',
      ],
    ]);
  });

  it('shows one stage where asked', () => {
    const lines = historyLines([listed('a'), listed('b', { stage: 'dev' })], { ...all, stage: 'dev' });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^b /);
  });

  it('marks an estimate that is not conclusive, and a replay that did not hold', () => {
    const estimate = { conclusive: false, lowerPerSecond: 900, upperPerSecond: null, reasons: [] };
    const replay = { ...exampleRun().replay!, verified: false };
    expect(historyLines([listed('a', { estimate, replay })], all)[1]).toMatch(/\[900, –\] \?.* no /);
  });

  it('names what can not be read below', () => {
    const torn: ListedRun = { id: 'torn', directory: '', run: 'not readable', reason: 'torn/run.json: cut' };
    const empty: ListedRun = { id: 'empty', directory: '', run: 'no run.json', reason: null };
    expect(historyLines([listed('a'), torn, empty], all).slice(2)).toEqual([
      '',
      'Not readable',
      '  torn  torn/run.json: cut',
      '  empty  no run.json (still running, killed, or no run)',
    ]);
  });

  it.each([
    [null, 'results has no run; npx nx run loadtest makes one'],
    ['dev', 'results has no run of stage dev; npx nx run loadtest --stage=dev makes one'],
  ])('says how to make a run where there is none of stage %s', (stage, line) => {
    expect(historyLines([], { ...all, stage })).toEqual([line]);
  });
});
