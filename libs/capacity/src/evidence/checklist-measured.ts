import { milliseconds } from '../figures.ts';
import { rateOf } from '../search/rate-levels.ts';
import { meanUpperBound } from '../statistics/batch-means.ts';
import type { JudgedStep, RunRecord } from '../run-record.ts';
import { pooledDurations } from '../steps/metrics-window.ts';
import type { ChecklistLine } from './checklist.ts';

const RUN_FILE = 'run.json';

type Purpose = JudgedStep['record']['purpose'];

/** Steady load, bursts from idle and load against the limits applied: which of them were sent and judged. */
export function patternsLine(run: RunRecord): ChecklistLine {
  const item = 'load tested with the expected patterns';
  const patterns: readonly (readonly [Purpose, string])[] = [
    ['discovery', 'steady load'],
    ['burst', 'bursts from idle'],
    ['replay', 'load against the limits applied'],
  ];
  const taken = patterns.map(([purpose, name]) => ({ name, steps: decided(run, purpose) }));
  const lacking = taken.filter(({ steps }) => steps.length === 0).map(({ name }) => name);
  const found = taken
    .filter(({ steps }) => steps.length > 0)
    .map(({ name, steps }) => `${name} (${steps.length} ${steps.length === 1 ? 'step' : 'steps'})`);
  const files = [RUN_FILE, ...taken.flatMap(({ steps }) => steps.slice(-1).map(fileOf))];
  const sent = found.length === 0 ? 'No step was decided' : `Tested with ${found.join(', ')}`;
  if (lacking.length === 0) return answered('patterns', item, `${sent}.`, files);
  return missing('patterns', item, `${sent}; lacking: ${lacking.join(', ')}.`, files, loadtest(run));
}

/** λ* as a bracket, and the steps its ends rest on. */
export function sustainedRateLine(run: RunRecord): ChecklistLine {
  const item = 'maximum sustained rate';
  const { estimate, binding } = run;
  if (estimate === null) {
    return missing('sustained-rate', item, 'The run has no estimate.', [RUN_FILE], loadtest(run));
  }
  const { lowerPerSecond, upperPerSecond, conclusive, reasons } = estimate;
  const discovery = decided(run, 'discovery');
  const files = [
    RUN_FILE,
    ...(lowerPerSecond === null ? [] : lowerEndFiles(discovery, upperPerSecond)),
    ...(upperPerSecond === null ? [] : upperEndFiles(discovery, upperPerSecond)),
  ];
  if (!conclusive || lowerPerSecond === null) {
    const why = reasons.join('; ') || 'no reason recorded';
    return missing('sustained-rate', item, `The estimate is not conclusive: ${why}.`, files, loadtest(run));
  }
  const bracket =
    upperPerSecond === null
      ? `at least ${lowerPerSecond} requests/s; nothing failed`
      : `between ${lowerPerSecond} and ${upperPerSecond} requests/s`;
  const bound = binding ? `, bound by ${binding.by.replaceAll('-', ' ')}` : '';
  return answered('sustained-rate', item, `Sustains ${bracket}${bound}.`, files);
}

/** The largest burst from idle that the stage answered in time. */
export function burstLine(run: RunRecord): ChecklistLine {
  const item = 'burst capacity';
  const steps = decided(run, 'burst');
  const clean = steps
    .filter(({ judgement }) => judgement.verdict === 'pass')
    .sort((one, other) => requestsOf(one) - requestsOf(other))
    .at(-1);
  const files = [RUN_FILE, ...(clean ? [fileOf(clean)] : steps.slice(-1).map(fileOf))];
  const measured = run.measurements?.burst;
  if (measured && measured.cleanRequests > 0) {
    const took = milliseconds(measured.answeredWithinMs);
    return answered(
      'burst',
      item,
      `${measured.cleanRequests} requests at once from idle, the last answered after ${took}.`,
      files,
    );
  }
  if (clean) {
    return answered('burst', item, `${requestsOf(clean)} requests at once from idle, within the SLO.`, files);
  }
  const why = steps.length === 0 ? 'No burst was decided.' : 'No burst tried was clean.';
  return missing('burst', item, why, files, loadtest(run));
}

/**
 * Mean and p99 of the function's duration over the rates that passed. The stage's metrics hold the mean and the
 * longest, which bounds the p99 of all of them from above; the p99 of the answers judged, each of which waited for an
 * invocation, is a figure of a sample and no bound.
 */
export function durationLine(run: RunRecord): ChecklistLine {
  const item = 'average and p99 function duration';
  const passed = decided(run, 'discovery').filter(
    ({ judgement, record }) => judgement.verdict === 'pass' && record.stage?.durationMeanMs != null,
  );
  const batches = pooledDurations(passed.map(({ record }) => record));
  const mean = meanUpperBound(batches);
  if (mean === null || !Number.isFinite(mean.upper)) {
    const why = 'The stage reported too few durations at rates that passed.';
    return missing('duration', item, why, [RUN_FILE], loadtest(run));
  }
  const invocations = batches.reduce((sum, [, count]) => sum + count, 0);
  return answered(
    'duration',
    item,
    `Mean ${milliseconds(mean.mean)} (at most ${milliseconds(mean.upper)}, 95 % bound) over ${invocations} invocations at rates that passed; ${tailText(passed)}.`,
    [RUN_FILE, ...passed.map(fileOf)],
  );
}

/** What is known of the p99 of the durations: the longest of them, and the p99 of the answers at the slowest rate. */
function tailText(passed: readonly JudgedStep[]): string {
  const longest = passed.flatMap(({ record }) => record.stage?.durationMaxMs ?? []);
  const answers = passed.flatMap(({ measurement }) => measurement.latencyMs?.p99 ?? []);
  const bound =
    longest.length < passed.length
      ? 'p99 not known'
      : `p99 at most ${milliseconds(Math.max(...longest))}, the longest`;
  if (answers.length === 0) return bound;
  return `${bound}; p99 of the answers judged ${milliseconds(Math.max(...answers))}, at the slowest rate`;
}

/** Steps that were judged. A replay above the limits is throttled by intent, which counts as decided. */
function decided(run: RunRecord, purpose: Purpose): JudgedStep[] {
  return run.steps.filter(({ record, judgement, measurement }) => {
    if (record.purpose !== purpose) return false;
    return judgement.verdict !== 'inconclusive' || (purpose === 'replay' && measurement.judged > 0);
  });
}

/** The step that the lower end rests on: of the highest rate that passes below the upper end, the longest hold. */
function lowerEndFiles(steps: readonly JudgedStep[], upperPerSecond: number | null): string[] {
  const below = ratedSteps(steps, 'pass').filter(
    ({ ratePerSecond }) => upperPerSecond === null || ratePerSecond < upperPerSecond,
  );
  const [longest] = below.sort(
    (one, other) =>
      other.ratePerSecond - one.ratePerSecond || other.step.record.holdMs - one.step.record.holdMs,
  );
  return longest ? [fileOf(longest.step)] : [];
}

/** The steps that the upper end rests on: those of its rate that fail. */
function upperEndFiles(steps: readonly JudgedStep[], upperPerSecond: number): string[] {
  return ratedSteps(steps, 'fail')
    .filter(({ ratePerSecond }) => ratePerSecond === upperPerSecond)
    .map(({ step }) => fileOf(step));
}

function ratedSteps(steps: readonly JudgedStep[], verdict: 'pass' | 'fail') {
  return steps.flatMap((step) => {
    const ratePerSecond = rateOf(step);
    return ratePerSecond !== null && step.judgement.verdict === verdict ? [{ step, ratePerSecond }] : [];
  });
}

function requestsOf({ record }: JudgedStep): number {
  return record.arrivals.kind === 'burst' ? record.arrivals.requests : 0;
}

function fileOf({ record }: JudgedStep): string {
  return `step-${record.name}.json`;
}

/** Command that measures a run's stage again. */
export function loadtest({ stage }: RunRecord): string {
  return stage === 'local' ? 'npx nx run loadtest' : `npx nx run loadtest --stage=${stage}`;
}

export function answered(
  id: ChecklistLine['id'],
  item: string,
  answer: string,
  files: readonly string[],
): ChecklistLine {
  return { id, item, state: 'answered', answer, files, next: null };
}

export function missing(
  id: ChecklistLine['id'],
  item: string,
  answer: string,
  files: readonly string[],
  next: string,
): ChecklistLine {
  return { id, item, state: 'missing', answer, files, next };
}
