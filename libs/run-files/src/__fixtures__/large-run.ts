import { outcomes, type JudgedStep, type RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { writeRun } from '../testing/write-run.ts';

/** Writes a run whose steps have so many answers each, some of them slow, late, throttled or failed. */
export function writeLargeRun(directory: string, answersOfSteps: readonly number[]): RunRecord {
  const example = exampleRun();
  const [step] = example.steps as [JudgedStep];
  const steps = answersOfSteps.map((sent, index) => {
    const name = `discovery-${String(index + 1).padStart(2, '0')}`;
    const answersFile = `step-${name}.answers.csv`;
    const holdMs = sent / 2 + 1;
    return {
      ...step,
      record: { ...step.record, name, answersFile, warmUpMs: 0, holdMs, intended: sent, sent },
    };
  });
  const run = { ...example, steps };
  writeRun(directory, run, () => rowOf);
  return run;
}

function rowOf(i: number): string {
  const latenessMs = (i % 7) / 8;
  const latencyMs = 2 + ((i * 7919) % 100_003) / 1000;
  const outcome = i % 500 === 0 ? outcomes[(i / 500) % outcomes.length] : 'acknowledged';
  return `${i},${i / 2},${latenessMs},0,${latencyMs - 0.5},${latencyMs},${outcome},200,`;
}
