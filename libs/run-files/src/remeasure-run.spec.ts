import { AnswersFileError } from '@spillway/capacity';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeRun } from './__fixtures__/large-run.ts';
import { readAnswersFile } from './read-answers-file.ts';
import { readRun } from './read-run.ts';
import { remeasureRun } from './remeasure-run.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'spillway-answers-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('readAnswersFile', () => {
  it('reads a file of several pieces', () => {
    const [step] = writeLargeRun(directory, [50_000]).steps;
    const file = join(directory, step!.record.answersFile);
    expect(readFileSync(file).length).toBeGreaterThan(2 * 1024 * 1024);
    const answers = readAnswersFile(file, 50_000);
    expect(answers.count).toBe(50_000);
    expect(answers.intendedMs).toEqual(Float64Array.from({ length: 50_000 }, (_, i) => i / 2));
    expect(answers.latencyMs[1]).toBe(2 + 7919 / 1000);
  });

  it.each([
    [
      'that is not there',
      'nothing.csv',
      /nothing\.csv: can't be read \(ENOENT\), want the answers of a step/,
    ],
    ['that is a folder', 'folder', /folder: can't be read \(EISDIR\)/],
  ])('refuses one %s', (_, name, message) => {
    mkdirSync(join(directory, 'folder'));
    const reading = () => readAnswersFile(join(directory, name), 1);
    expect(reading).toThrow(AnswersFileError);
    expect(reading).toThrow(message);
  });
});

describe('remeasureRun', () => {
  it('measures each step as it was, and names the files that are not', () => {
    const { steps } = writeLargeRun(directory, [1000, 1000, 1000, 1000]);
    const file = (index: number) => join(directory, steps[index]!.record.answersFile);
    truncateSync(file(1), 20_000);
    unlinkSync(file(2));
    writeFileSync(file(3), readFileSync(file(3), 'utf8').replace(/^700,.*$/m, '700,0,0,0,0,0,lost,200,'));
    const found = [...remeasureRun(directory, readRun(directory))].map((step) => step.found);
    expect(found[0]).toMatchObject({ judged: 1000, outcomes: { acknowledged: 999, refused: 1 } });
    expect(found.slice(1).map(String)).toEqual([
      expect.stringMatching(/discovery-02\.answers\.csv: ends in the middle of a row/),
      expect.stringMatching(/discovery-03\.answers\.csv: can't be read \(ENOENT\)/),
      expect.stringMatching(
        /discovery-04\.answers\.csv: line 702 is "700,0,0,0,0,0,lost,200,", want request 700/,
      ),
    ]);
  });

  it('reads an interrupted step whose generators stopped each on its own', () => {
    const run = writeLargeRun(directory, [10]);
    const [step] = run.steps;
    const file = join(directory, step!.record.answersFile);
    writeFileSync(file, readFileSync(file, 'utf8').replace('\n9,', '\n12,'));
    const interrupted = { ...step!, record: { ...step!.record, intended: 20 } };
    const [whole] = remeasureRun(directory, run);
    const [part] = remeasureRun(directory, { ...run, steps: [interrupted] });
    expect(whole!.found).toBeInstanceOf(AnswersFileError);
    expect(part!.found).toMatchObject({ judged: 10 });
  });

  it('takes less than 120 bytes of resident memory for each of a million answers', () => {
    const residentBytes = (answers: number): number => {
      writeLargeRun(directory, [answers]);
      const program = join(__dirname, '__fixtures__/remeasure-main.ts');
      const printed = execFileSync(process.execPath, [program, directory], { encoding: 'utf8' });
      const { judged, residentBytes: bytes } = JSON.parse(printed);
      expect(judged).toEqual([answers]);
      return bytes;
    };
    const grownBytes = residentBytes(1_000_000) - residentBytes(1000);
    expect(grownBytes).toBeLessThan(120 * 1_000_000);
  }, 60_000);
});
