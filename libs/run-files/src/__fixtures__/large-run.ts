import { ANSWERS_HEADER, outcomes, type JudgedStep, type RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ROWS_AT_A_TIME = 10_000;

/**
 * Writes a run whose steps have so many answers each, some of them slow, late, throttled or failed.
 * @param directory empty
 */
export function writeRun(directory: string, answersOfSteps: readonly number[]): RunRecord {
  const run = exampleRun();
  const [step] = run.steps as [JudgedStep];
  const steps = answersOfSteps.map((sent, index) => {
    const name = `discovery-${String(index + 1).padStart(2, '0')}`;
    const answersFile = `step-${name}.answers.csv`;
    writeAnswers(join(directory, answersFile), sent);
    const holdMs = sent / 2 + 1;
    return {
      ...step,
      record: { ...step.record, name, answersFile, warmUpMs: 0, holdMs, intended: sent, sent },
    };
  });
  const written = { ...run, steps };
  writeFileSync(join(directory, 'run.json'), JSON.stringify(written));
  return written;
}

function writeAnswers(file: string, count: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, `${ANSWERS_HEADER}\n`);
  for (let from = 0; from < count; from += ROWS_AT_A_TIME) {
    const rows = Array.from({ length: Math.min(ROWS_AT_A_TIME, count - from) }, (_, i) => rowOf(from + i));
    writeSync(handle, rows.join(''));
  }
  closeSync(handle);
}

function rowOf(i: number): string {
  const latenessMs = (i % 7) / 8;
  const latencyMs = 2 + ((i * 7919) % 100_003) / 1000;
  const outcome = i % 500 === 0 ? outcomes[(i / 500) % outcomes.length] : 'acknowledged';
  return `${i},${i / 2},${latenessMs},0,${latencyMs - 0.5},${latencyMs},${outcome},200,\n`;
}
