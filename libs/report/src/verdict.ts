import type { RunRecord } from '@spillway/capacity';
import { countText, plural, rateText } from './figures.ts';

/** What a run came to: one headline, one sentence, and what to do now. */
export interface Verdict {
  /** `good`: usable limits; `bad`: something is wrong; `open`: the run proves neither. */
  readonly tone: 'good' | 'bad' | 'open';
  readonly headline: string;
  readonly sentence: string;
  readonly next: string;
}

/** Run → verdict; the worst that is known comes first: a lost write, then a run cut short, then a missed check. */
export function verdictOf(run: RunRecord): Verdict {
  return lostWrite(run) ?? cutShort(run) ?? replayed(run) ?? estimated(run);
}

function lostWrite({ audit }: RunRecord): Verdict | null {
  if (audit === null || audit.lost === 0) return null;
  return {
    tone: 'bad',
    headline: `${plural(audit.lost, 'acknowledged entry', 'acknowledged entries')} lost`,
    sentence: `The stage answered 200 for ${countText(audit.acknowledged)} entries, and ${countText(audit.lost)} of them are not in the table.`,
    next: 'No limit is worth anything until this is explained; the ids are in the answers of the steps.',
  };
}

function cutShort({ status, stoppedBy, steps }: RunRecord): Verdict | null {
  if (status === 'complete') return null;
  return {
    tone: status === 'failed' ? 'bad' : 'open',
    headline: status === 'failed' ? 'The run failed' : 'The run was interrupted',
    sentence: `Stopped by: ${stoppedBy ?? 'not recorded'}. ${plural(steps.length, 'step was', 'steps were')} measured before.`,
    next: 'Nothing is proposed from a partial run; run the load test again.',
  };
}

function replayed(run: RunRecord): Verdict | null {
  const { replay } = run;
  if (replay === null) return null;
  const whose = replay.of === 'proposed' ? 'proposed' : 'deployed';
  const limits = `${rateText(replay.limits.rateLimit)} requests/s with bursts of ${countText(replay.limits.burstLimit)}`;
  if (replay.verified) {
    return {
      tone: 'good',
      headline: `Verified: ${limits}`,
      sentence: `The ${whose} limits were applied and replayed, and all ${countText(replay.checks.length)} checks were met.`,
      next:
        replay.of === 'proposed'
          ? `npx nx run throttle update ${run.runId} --stage=${run.stage}`
          : 'Nothing to change: these limits are what is deployed.',
    };
  }
  const missed = replay.checks.filter(({ outcome }) => outcome === 'missed');
  const open = replay.checks.filter(({ outcome }) => outcome === 'inconclusive');
  return {
    tone: missed.length > 0 ? 'bad' : 'open',
    headline: `Not verified: ${limits}`,
    sentence: `Of ${plural(replay.checks.length, 'check')} of the ${whose} limits, ${countText(missed.length)} missed and ${countText(open.length)} inconclusive${namesOf([...missed, ...open])}.`,
    next: 'The limits are not written; run the load test again, with --profile=full if a check stays inconclusive.',
  };
}

function estimated({ estimate, recommendation }: RunRecord): Verdict {
  const conclusive = estimate?.conclusive === true && recommendation !== null;
  return {
    tone: 'open',
    headline: conclusive ? 'Measured, not replayed' : 'Inconclusive',
    sentence: estimate?.reasons.join(' ') || 'The run has no estimate of the sustained rate.',
    next: 'Limits are written only after a replay; run the load test again, with --profile=full if it stays so.',
  };
}

function namesOf(checks: readonly { readonly name: string }[]): string {
  return checks.length === 0 ? '' : `: ${checks.map(({ name }) => name).join(', ')}`;
}
