import { ANSWERS_HEADER, type JudgedStep, type RunRecord } from '@spillway/capacity';
import { exampleAnswers, exampleRun } from '@spillway/capacity/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Leaves a run with its answers in a folder of runs, as the load test does; all its times are `slowness` fold. */
export function keepRun(
  results: string,
  runId: string,
  slowness: number,
  changes: Partial<RunRecord> = {},
): void {
  const directory = join(results, runId);
  const steps = exampleRun().steps.map((step) => slower(step, slowness));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...exampleRun({ runId, steps }), ...changes }));
  for (const step of steps.filter(({ record }) => record.purpose === 'discovery')) {
    writeFileSync(join(directory, step.record.answersFile), answersText(step));
  }
}

function slower(step: JudgedStep, slowness: number): JudgedStep {
  const { stage } = step.record;
  const latencyMs = step.measurement.latencyMs && {
    p50: step.measurement.latencyMs.p50 * slowness,
    p90: step.measurement.latencyMs.p90 * slowness,
    p99: step.measurement.latencyMs.p99 * slowness,
    p999: step.measurement.latencyMs.p999 * slowness,
    max: step.measurement.latencyMs.max * slowness,
  };
  return {
    ...step,
    record: {
      ...step.record,
      stage: stage && { ...stage, durationMeanMs: (stage.durationMeanMs ?? 0) * slowness },
    },
    measurement: { ...step.measurement, latencyMs },
  };
}

function answersText(step: JudgedStep): string {
  const { count, intendedMs, latenessMs, latencyMs } = exampleAnswers(step);
  const fixed = (value = 0) => value.toFixed(3);
  const rows = Array.from(
    { length: count },
    (_, row) =>
      `${row},${fixed(intendedMs[row])},${fixed(latenessMs[row])},,,${fixed(latencyMs[row])},acknowledged,200,`,
  );
  return `${[ANSWERS_HEADER, ...rows].join('\n')}\n`;
}
