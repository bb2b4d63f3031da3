import { goodShare } from '../figures.ts';
import type { RunRecord } from '../run-record.ts';

/**
 * The sentence: what a run found, what bound it, what follows, and whether that was verified, in one paragraph.
 * Says nothing that the record does not hold.
 */
export function analyzeRun(run: RunRecord): string {
  return [
    estimateSentence(run),
    ...(run.binding ? [`Bound by ${run.binding.by.replaceAll('-', ' ')}: ${run.binding.because}.`] : []),
    ...limitsSentence(run),
    ...replaySentence(run),
    ...auditSentence(run),
    ...(run.status === 'complete'
      ? []
      : [
          `The run is ${run.status}${run.stoppedBy ? ` (${run.stoppedBy})` : ''}: what was not reached is not known.`,
        ]),
  ].join(' ');
}

function estimateSentence({ stage, estimate, targets }: RunRecord): string {
  const slo = `${goodShare(targets.errorRatio)} of answers good within ${targets.latencyMs} ms`;
  if (!estimate) return `Stage ${stage}: the sustained rate is not known.`;
  const { lowerPerSecond, upperPerSecond, conclusive } = estimate;
  if (lowerPerSecond === null) return `Stage ${stage} holds no rate tried with ${slo}.`;
  const bracket =
    upperPerSecond === null
      ? `at least ${lowerPerSecond} requests/s`
      : `between ${lowerPerSecond} and ${upperPerSecond} requests/s`;
  const doubt = conclusive
    ? ''
    : `, which is not conclusive: ${estimate.reasons.at(-1) ?? 'no reason recorded'}`;
  return `Stage ${stage} sustains ${bracket} with ${slo}${doubt}.`;
}

function limitsSentence({ recommendation }: RunRecord): string[] {
  if (!recommendation) return ['No limits are proposed.'];
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = recommendation.limits;
  return [
    `Proposed: ${rateLimit} requests/s, burst ${burstLimit}, reserved concurrency ${reservedConcurrency}, ${memorySize} MB, timeout ${timeoutSeconds} s.`,
  ];
}

function replaySentence({ replay, recommendation }: RunRecord): string[] {
  if (!replay) return recommendation ? ['They were not replayed.'] : [];
  const open = replay.checks.filter(({ outcome }) => outcome !== 'met');
  if (replay.verified) return [`The replay against the ${replay.of} limits verifies them.`];
  const what = open.map(({ name, outcome, found }) => `${name} ${outcome} (${found})`).join('; ');
  return [
    `The replay against the ${replay.of} limits does not verify them: ${what || 'nothing was checked'}.`,
  ];
}

function auditSentence({ audit }: RunRecord): string[] {
  if (!audit) return ['The durability audit did not take place.'];
  const { acknowledged, stored, lost, unknown, neverSent } = audit;
  return [
    `Of ${acknowledged} acknowledged entries ${stored} are in the table, ${lost} are lost; ${unknown} are unknown` +
      (neverSent > 0 ? `, and ${neverSent} were never sent.` : '.'),
  ];
}
