import type { JudgedStep, RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { writeRun } from '@spillway/run-files/testing';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticAnswers } from './synthetic-answers.ts';

/** The most that the load generator sends in a step (`MAX_ARRIVALS`). */
export const STEP_ANSWERS_AT_MOST = 2_000_000;

const HOLD_MS = 120_000;
const STALL_EVERY_MS = 10_000;
const STALL_MS = 60;

/** How much a run on disk holds. */
export interface WrittenRun {
  readonly steps: number;
  readonly answers: number;
  readonly bytes: number;
}

/**
 * Leaves in a folder what a load test leaves of its steps: `run.json` and answers files, steps as long as they can be,
 * with a stall of the machine in every 10 s.
 */
export function writeSyntheticRun(directory: string, answers: number): WrittenRun {
  const example = exampleRun();
  const steps: RunRecord['steps'] = [];
  for (let left = answers; left > 0; left -= STEP_ANSWERS_AT_MOST) {
    const sent = Math.min(left, STEP_ANSWERS_AT_MOST);
    steps.push(stepOf(example.steps[0] as JudgedStep, steps.length + 1, sent));
  }
  let seed = 0;
  writeRun(directory, { ...example, steps }, ({ sent }) => {
    seed += 1;
    return syntheticAnswers(seed, sent / HOLD_MS);
  });
  const files = steps.map(({ record }) => join(directory, record.answersFile));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { steps: steps.length, answers, bytes };
}

function stepOf(step: JudgedStep, ordinal: number, sent: number): JudgedStep {
  const name = `discovery-${String(ordinal).padStart(2, '0')}`;
  const stalls = Array.from({ length: HOLD_MS / STALL_EVERY_MS }, (_, index) => {
    const startMs = (index + 0.5) * STALL_EVERY_MS;
    return { startMs, endMs: startMs + STALL_MS };
  });
  const record = {
    ...step.record,
    name,
    answersFile: `step-${name}.answers.csv`,
    purpose: 'discovery' as const,
    arrivals: { kind: 'poisson' as const, ratePerSecond: (1000 * sent) / HOLD_MS, seed: ordinal },
    warmUpMs: 0,
    // The last arrivals of a Poisson process may come later than expected; all are to be judged.
    holdMs: 2 * HOLD_MS,
    intended: sent,
    sent,
    host: { busyRatio: 0.5, stalls },
  };
  return { ...step, record };
}
