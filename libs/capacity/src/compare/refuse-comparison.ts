import { fingerprintChanges } from '../evidence/fingerprint-changes.ts';
import { isThrottled } from '../evidence/throttles.ts';
import { goodShare } from '../figures.ts';
import type { RunRecord } from '../run-record.ts';

/** Facts in which compared runs must agree; each as text for the message. */
const TERMS: readonly (readonly [name: string, read: (run: RunRecord) => string])[] = [
  ['stage', (run) => run.stage],
  ['profile', (run) => run.profile],
  ['SLO', ({ targets }) => `${goodShare(targets.errorRatio)} within ${targets.latencyMs} ms`],
  ['memory', ({ fingerprint }) => `${fingerprint.memorySize} MB`],
  ['payload', (run) => `${distinct(discovery(run).map((record) => record.payloadBytes))} bytes`],
  ['arrivals', (run) => distinct(discovery(run).map((record) => record.arrivals.kind))],
];

/**
 * Every reason why two sides can't be compared; none means that they can. Each run must prove its own figures, all
 * must have been asked the same, and a side is one system.
 */
export function refuseComparison(a: readonly RunRecord[], b: readonly RunRecord[]): readonly string[] {
  const [first] = a;
  if (first === undefined || b.length === 0) return ['each side needs at least one run'];
  const runs = [...a, ...b];
  return [
    ...runs.flatMap(refuseOwn),
    ...repeated(runs),
    ...runs.flatMap((run) => refuseTerms(first, run)),
    ...refuseMixture('A', a),
    ...refuseMixture('B', b),
  ];
}

/** Why a run proves nothing by itself. */
export function refuseOwn(run: RunRecord): readonly string[] {
  const { runId, status, stoppedBy, estimate, binding } = run;
  if (status !== 'complete') return [`run ${runId} is ${status}: ${stoppedBy ?? 'it was stopped'}`];
  if (!estimate?.conclusive || estimate.lowerPerSecond === null) {
    const why = estimate?.reasons.join('; ') ?? 'it has none';
    return [`the estimate of run ${runId} is inconclusive: ${why}`];
  }
  if (binding !== null && (binding.by === 'generator' || isThrottled(binding))) {
    return [`run ${runId} is bound by the ${binding.by.replaceAll('-', ' ')}: it did not measure the stage`];
  }
  return [];
}

/** Terms in which a run differs from another; both are named. */
export function refuseTerms(wanted: RunRecord, found: RunRecord): readonly string[] {
  return TERMS.filter(([, read]) => read(wanted) !== read(found)).map(
    ([name, read]) =>
      `${name} differs: ${read(wanted)} in run ${wanted.runId}, ${read(found)} in run ${found.runId}`,
  );
}

function refuseMixture(side: string, runs: readonly RunRecord[]): readonly string[] {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  return others.flatMap((run) => {
    const changes = fingerprintChanges(first.fingerprint, run.fingerprint);
    if (changes.length === 0) return [];
    const what = changes.map((change) => change.what).join(' and ');
    return [`side ${side} mixes systems: runs ${first.runId} and ${run.runId} differ in the ${what}`];
  });
}

function repeated(runs: readonly RunRecord[]): readonly string[] {
  const ids = runs.map(({ runId }) => runId);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((id) => `run ${id} is named twice, want runs that differ`);
}

function discovery(run: RunRecord) {
  return run.steps.map(({ record }) => record).filter(({ purpose }) => purpose === 'discovery');
}

function distinct(values: readonly (string | number)[]): string {
  return [...new Set(values)].join(' and ') || 'no';
}
