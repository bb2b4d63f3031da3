import type { JudgedStep, RunRecord } from '@spillway/capacity';
import { exampleAnswers, exampleRun } from '@spillway/capacity/testing';
import { writeRun, type RowOf } from '@spillway/run-files/testing';
import { join } from 'node:path';

/** Leaves a run with its answers in a folder of runs, as the load test does; all its times are `slowness` fold. */
export function keepRun(
  results: string,
  runId: string,
  slowness: number,
  changes: Partial<RunRecord> = {},
): void {
  const steps = exampleRun().steps.map((step) => slower(step, slowness));
  writeRun(join(results, runId), { ...exampleRun({ runId, steps }), ...changes }, ({ name, purpose }) => {
    const step = steps.find(({ record }) => record.name === name);
    return step && purpose === 'discovery' ? rowsOf(step) : null;
  });
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

function rowsOf(step: JudgedStep): RowOf {
  const { intendedMs, latenessMs, latencyMs } = exampleAnswers(step);
  const fixed = (value = 0) => value.toFixed(3);
  return (row) =>
    `${row},${fixed(intendedMs[row])},${fixed(latenessMs[row])},,,${fixed(latencyMs[row])},acknowledged,200,`;
}
