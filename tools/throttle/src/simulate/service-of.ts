import { grouped, milliseconds, outcomes, type JudgedStep, type RunRecord } from '@spillway/capacity';
import { readAnswersFile } from '@spillway/run-files';
import { measuredService, type MeasuredService, type ServiceTime } from '@spillway/simulation';
import type { ExplainableConfig } from '@spillway/throttle';
import { join } from 'node:path';
import { SimulationOptionsError, type SimulationOptions } from './simulation-options.ts';

/** How long invocations take, and where that is known from. */
export interface KnownService extends Omit<MeasuredService, 'isScaled'> {
  readonly because: string;
}

/** Standard deviation / mean of a lognormal service time: that of an exponential one. */
const LOGNORMAL_VARIATION = 1;

const ACKNOWLEDGED = outcomes.indexOf('acknowledged');

/** Service time as it is told, else as the file's evidence has it. @throws SimulationOptionsError where nobody knows */
export function toldService({ evidence }: ExplainableConfig, options: SimulationOptions): KnownService {
  const measuredMs =
    evidence?.kind === 'measured' ? evidence.measurements.serviceTime.meanUpperMs : undefined;
  const meanMs = options.durationMs ?? measuredMs;
  if (meanMs === undefined) {
    throw new SimulationOptionsError(
      'nobody measured how long an invocation takes; give --duration-ms=<ms>, or a run with --run=<id>',
    );
  }
  const kind = options.service;
  const service: ServiceTime =
    kind === 'lognormal' ? { kind, meanMs, variation: LOGNORMAL_VARIATION } : { kind, meanMs };
  const source = options.durationMs === undefined ? 'the evidence in the file' : '--duration-ms';
  return { service, overheadMs: 0, because: `${kind}, mean ${milliseconds(meanMs)} (${source})` };
}

/**
 * Service time as a run measured it: of its lowest rate that passed, read from the answers of that step.
 * @throws SimulationOptionsError where the run has no such step, AnswersFileError where its answers can't be read
 */
export function serviceOfRun(run: RunRecord, directory: string): KnownService {
  const step = slowestPassed(run);
  if (step === null) {
    throw new SimulationOptionsError(
      `run ${run.runId} has no rate that passed, want one to take service times from; give another run or --duration-ms`,
    );
  }
  const { record } = step;
  const file = join(directory, record.answersFile);
  const answers = readAnswersFile(file, record.sent, { mayHaveGaps: record.sent < record.intended });
  const latencies: number[] = [];
  for (let row = 0; row < answers.count; row += 1) {
    if (answers.outcome[row] !== ACKNOWLEDGED || (answers.intendedMs[row] as number) < record.warmUpMs)
      continue;
    // How late the generator sent is no time of the stage's.
    latencies.push(Math.max(0, (answers.latencyMs[row] as number) - (answers.latenessMs[row] as number)));
  }
  if (latencies.length === 0)
    throw new SimulationOptionsError(`${file}: no acknowledged answer; give another run`);
  const functionMeanMs = record.stage?.durationMeanMs ?? null;
  const measured = measuredService(Float64Array.from(latencies), functionMeanMs);
  const because = `measured: ${grouped(latencies.length)} answers of ${record.name}, run ${run.runId}`;
  if (!measured.isScaled || functionMeanMs === null) return { ...measured, because };
  return {
    ...measured,
    because: `${because}, scaled to the function's mean of ${milliseconds(functionMeanMs)}`,
  };
}

/** The lowest rate: there a latency is the stage's work and not its queue. */
function slowestPassed({ steps }: RunRecord): JudgedStep | null {
  const passed = steps.filter(
    ({ record, judgement }) => record.purpose === 'discovery' && judgement.verdict === 'pass',
  );
  const rateOf = ({ measurement }: JudgedStep) => measurement.offeredPerSecond;
  return passed.toSorted((a, b) => rateOf(a) - rateOf(b))[0] ?? null;
}
