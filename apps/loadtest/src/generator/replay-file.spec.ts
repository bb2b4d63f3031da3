import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AnswerLog } from './answer-log.ts';
import { printAnswers } from './answers-file.ts';
import { parseRecording, readRecording, ReplayFileError } from './replay-file.ts';

const instantsOf = (text: string, column?: string, speed = 1) => [
  ...parseRecording(text, 'f.csv', { speed, column }).instantsMs,
];

describe('parseRecording', () => {
  it.each([
    ['an instant on each line', '0\n10.5\n20\n', [0, 10.5, 20]],
    ['no line end after the last', '0\n10', [0, 10]],
    ['lines that end as on Windows, and a byte order mark', '\uFEFF0\r\n10\r\n', [0, 10]],
    ['blank lines, comments and spaces', '# of May\n\n 0 \n# later\n 10\n', [0, 10]],
    ['milliseconds since 1970, from the first on', '1700000000000.25\n1700000000010.75\n', [0, 10.5]],
    ['instants before 0', '-5\n5\n', [0, 10]],
    ['an exponent', '1e3\n1.5E+3\n', [0, 500]],
    ['several at once', '7\n7\n7\n', [0, 0, 0]],
    ['a header of one column', 'whenever\n3\n4\n', [0, 1]],
    ['the column of answers files', 'sequence,intendedMs,outcome\n0,3,"a,b"\n1,5,c\n', [0, 2]],
  ])('reads %s', (_, text, instants) => {
    expect(instantsOf(text)).toEqual(instants);
  });

  it('reads the column it is told', () => {
    const text = 'at,intendedMs,path\n100,0,"/a,b"\n150,1,/c\n';
    expect(instantsOf(text, 'at')).toEqual([0, 50]);
  });

  it('reads what the engine wrote of a step', () => {
    const log = new AnswerLog(Float64Array.of(3, 4.5, 9));
    for (const sequence of [0, 1, 2]) {
      log.send(10);
      log.settle(sequence, 12, { outcome: 'throttled', status: 429, errorType: 'X' });
    }
    expect(instantsOf(Buffer.concat([...printAnswers(log)]).toString())).toEqual([0, 1.5, 6]);
  });

  it('plays faster or slower', () => {
    expect(instantsOf('0\n10\n30\n', undefined, 2)).toEqual([0, 5, 15]);
    expect(instantsOf('0\n10\n', undefined, 0.5)).toEqual([0, 20]);
  });

  it('sorts what is out of order and counts it', () => {
    const recording = parseRecording('5\n3\n9\n8\n10\n', 'f.csv', { speed: 1 });
    expect([...recording.instantsMs]).toEqual([0, 2, 5, 6, 7]);
    expect(recording.outOfOrder).toBe(2);
    expect(parseRecording('1\n1\n2\n', 'f.csv', { speed: 1 }).outOfOrder).toBe(0);
  });

  it.each([
    ['nothing', '', undefined, 'no instants'],
    ['a header alone', 'intendedMs\n', undefined, 'no instants'],
    ['a date', '0\n2026-05-12T09:15:02Z\n', undefined, 'line 2: found "2026-05-12T09:15:02Z"'],
    ['a hexadecimal number', '0\n0x10\n', undefined, 'line 2: found "0x10"'],
    ['infinity', '0\n1e999\n', undefined, 'line 2: found "1e999"'],
    ['an empty cell', 'intendedMs,x\n0,1\n,1\n', undefined, 'line 3: found ""'],
    ['several columns without names', '0,1\n2,3\n', undefined, 'the first line is "0,1"'],
    ['several columns, none of them known', 'a,b\n0,1\n', undefined, 'the first line is "a,b"'],
    ['no such column', 'a\n0\n', 'at', 'want a header with at'],
    ['rows of different length', 'intendedMs,x\n0,1\n2\n', undefined, 'no CSV'],
  ])('refuses %s and says what it found', (_, text, column, found) => {
    expect(() => instantsOf(text, column)).toThrow(ReplayFileError);
    expect(() => instantsOf(text, column)).toThrow(`f.csv: `);
    expect(() => instantsOf(text, column)).toThrow(found);
  });

  it('takes a million instants and no more', () => {
    const million = '1\n'.repeat(1_000_000);
    expect(instantsOf(million)).toHaveLength(1_000_000);
    expect(() => instantsOf(`${million}1\n`)).toThrow('more than 1000000 instants');
  });
});

describe('readRecording', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'spillway-replay-'));
    await writeFile(path.join(directory, 'list.csv'), '0\n1\n');
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const replay = (file: string) => ({ kind: 'replay', file, speed: 1 }) as const;

  it('finds a relative path from the directory, and an absolute one from anywhere', async () => {
    const file = path.join(directory, 'list.csv');
    expect((await readRecording(replay('list.csv'), directory)).file).toBe(file);
    expect((await readRecording(replay(file), '/elsewhere')).instantsMs).toHaveLength(2);
  });

  it('says which file it looked for', async () => {
    const missing = readRecording(replay('none.csv'), directory);
    await expect(missing).rejects.toThrow(`${path.join(directory, 'none.csv')}: can't be read (ENOENT)`);
    await expect(readRecording(replay('.'), directory)).rejects.toThrow("can't be read (EISDIR)");
  });

  it('does not even read a file that is too large', async () => {
    const file = path.join(directory, 'large.csv');
    await writeFile(file, '');
    // Sparse: takes no room on the disk.
    await truncate(file, 128 * 1024 * 1024 + 1);
    await expect(readRecording(replay('large.csv'), directory)).rejects.toThrow(
      '134217729 bytes, want ≤ 134217728',
    );
  });
});
