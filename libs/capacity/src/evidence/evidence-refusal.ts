import type { Fingerprint } from '@spillway/throttle';
import type { RunRecord } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';
import { fingerprintChanges } from './fingerprint-changes.ts';
import { isThrottled } from './throttles.ts';

/** Days after which a run no longer speaks for what is deployed. */
const MAXIMUM_AGE_DAYS = 30;

const DAY_MS = 86_400_000;

/** How far clocks may be corrected during a run without a word, ms. */
const CLOCK_TOLERANCE_MS = 2000;

/** For what a run is asked to speak. */
export interface RefusalContext {
  readonly stage: string;
  readonly nowMs: number;
  /** What would be deployed; null where it can't be told, which refuses nothing. */
  readonly deployedFingerprint: Fingerprint | null;
  /** @default 30 */
  readonly maximumAgeDays?: number;
}

/**
 * Every reason why a run may not become limits (method, sections 5, 7 and 8); none means that it may.
 * A run speaks only for the stage it measured, and only for as long as what it measured is what is deployed.
 */
export function refuseRun(run: RunRecord, context: RefusalContext): readonly string[] {
  return [...refuseOrigin(run, context), ...refuseDiscovery(run), ...refuseAudit(run), ...refuseReplay(run)];
}

function refuseOrigin(run: RunRecord, context: RefusalContext): string[] {
  const refusals: string[] = [];
  if (run.status !== 'complete') {
    refusals.push(`run ${run.runId} is ${run.status}: ${run.stoppedBy ?? 'it was stopped'}`);
  }
  if (run.stage !== context.stage) {
    refusals.push(`run ${run.runId} measured stage ${run.stage}, which says nothing about ${context.stage}`);
  }
  const changed = context.deployedFingerprint
    ? fingerprintChanges(run.fingerprint, context.deployedFingerprint)
    : [];
  if (changed.length > 0) {
    refusals.push(`since run ${run.runId} the ${changed.map(({ what }) => what).join(' and the ')} changed`);
  }
  const ageDays = (context.nowMs - Date.parse(run.finishedAt)) / DAY_MS;
  const maximumDays = context.maximumAgeDays ?? MAXIMUM_AGE_DAYS;
  if (run.finishedAt < run.startedAt || ageDays < -1) {
    refusals.push(
      `run ${run.runId} started ${run.startedAt} and finished ${run.finishedAt}: a clock jumped, so its rates are not known`,
    );
  }
  refusals.push(...refuseStepClock(run));
  if (ageDays > maximumDays) {
    refusals.push(`run ${run.runId} is ${Math.floor(ageDays)} days old, at most ${maximumDays} count`);
  }
  return refusals;
}

/** Steps are taken one after the other: one that starts before the one before it can have ended tells of a clock set. */
function refuseStepClock({ steps }: RunRecord): string[] {
  let endedMs = Number.NEGATIVE_INFINITY;
  for (const { record } of steps) {
    const startedMs = Date.parse(record.startedAt);
    if (startedMs < endedMs - CLOCK_TOLERANCE_MS) {
      return [
        `step ${record.name} started ${record.startedAt}, ${Math.round((endedMs - startedMs) / 1000)} s before the step before it can have ended: a clock jumped`,
      ];
    }
    endedMs = startedMs + lastArrivalMs(record);
  }
  return [];
}

/** When a step sends its last request, ms from its start. */
function lastArrivalMs({ arrivals, warmUpMs, holdMs, sent, intended }: StepRecord): number {
  if (sent < intended) return 0;
  return arrivals.kind === 'burst' ? arrivals.withinMs : warmUpMs + holdMs;
}

function refuseDiscovery(run: RunRecord): string[] {
  const refusals: string[] = [];
  const { estimate, binding, calibration } = run;
  const discovery = run.steps.filter(({ record }) => record.purpose === 'discovery');
  const throttled = discovery.filter(({ measurement }) => measurement.outcomes.throttled > 0);
  if (throttled.length > 0 || isThrottled(binding)) {
    refusals.push(
      `${throttled.length} discovery steps were throttled: this measured a throttle, not the stage`,
    );
  }
  if (binding?.by === 'generator' || !calibration?.passed) {
    refusals.push(
      calibration
        ? `the generator achieved ${(100 * calibration.achievedRatio).toFixed(1)} % of ${calibration.offeredPerSecond}/s in its calibration, ${calibration.passed ? 'but fell behind in discovery' : `${calibration.latenessP99Ms.toFixed(0)} ms late at p99, and did not pass it`}`
        : 'the generator was not calibrated',
    );
  }
  if (!estimate?.conclusive) {
    refusals.push(
      estimate ? `the estimate is inconclusive: ${estimate.reasons.join('; ')}` : 'there is no estimate',
    );
  } else if (!run.measurements || !run.recommendation) {
    refusals.push('the run has an estimate but proposes no limits');
  }
  return refusals;
}

function refuseAudit({ audit }: RunRecord): string[] {
  if (!audit) return ['the durability audit did not take place'];
  const refusals: string[] = [];
  if (audit.lost > 0) {
    refusals.push(`${audit.lost} of ${audit.acknowledged} acknowledged entries are not in the table`);
  }
  if (audit.neverSent > 0) {
    refusals.push(`${audit.neverSent} entries in the table were never sent`);
  }
  return refusals;
}

function refuseReplay({ replay }: RunRecord): string[] {
  if (replay?.verified) return [];
  const open = (replay?.checks ?? []).filter(({ outcome }) => outcome !== 'met');
  const what = open.map(({ name, outcome, found }) => `${name}: ${outcome} (${found})`);
  return [
    replay
      ? `the replay does not verify the limits: ${what.join('; ') || 'nothing was checked'}`
      : 'the limits were not replayed',
  ];
}
