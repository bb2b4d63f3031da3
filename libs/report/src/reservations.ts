import type { RunRecord } from '@spillway/capacity';
import { countText, millisecondsText, percentText, plural } from './figures.ts';

/** What was measured but didn't count, as sentences with the numbers. */
export function whatWasSetAside({ steps }: RunRecord): string[] {
  const stalled = steps.filter(({ record }) => record.host.stalls.length > 0);
  const sentences = stalled.map(({ record, measurement }) => {
    const stalledMs = record.host.stalls.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
    return `${record.name}: the host stood still ${plural(record.host.stalls.length, 'time')}, ${millisecondsText(stalledMs)} ms in all; ${plural(measurement.setAside, 'answer')} set aside.`;
  });
  for (const { record, judgement } of steps) {
    if (judgement.inconclusive === null) continue;
    sentences.push(`${record.name}: inconclusive (${judgement.inconclusive}), so it decides nothing.`);
  }
  const unread = steps.filter(({ record }) => record.stage === null && record.purpose !== 'calibration');
  if (unread.length > 0) {
    sentences.push(
      `The stage's own metrics could not be read for ${plural(unread.length, 'step')}: ${unread.map(({ record }) => record.name).join(', ')}.`,
    );
  }
  return sentences;
}

/** What this run says nothing about. */
export function whatWasNotMeasured(run: RunRecord): string[] {
  const burstSteps = run.steps.filter(({ record }) => record.purpose === 'burst');
  const payloads = [...new Set(run.steps.map(({ record }) => record.payloadBytes))].sort((a, b) => a - b);
  const memory = run.fingerprint.memorySize;
  return [
    run.calibration === null && 'The generator was not calibrated.',
    run.estimate === null && 'The sustained rate: no estimate was reached.',
    run.estimate !== null &&
      run.estimate.upperPerSecond === null &&
      'The upper end of the sustained rate: no rate that was tried failed.',
    burstSteps.length === 0 && 'Bursts from idle.',
    run.replay === null && 'The limits in force: nothing was replayed.',
    run.audit === null && 'Durability: the table was not audited.',
    !run.sweeps?.memory && `Other memory sizes: all steps ran with ${countText(memory)} MB.`,
    !run.sweeps?.payload &&
      payloads.length > 0 &&
      `Other payloads: all entries had ${payloads.map((bytes) => countText(bytes)).join(' or ')} bytes.`,
    !run.timeline && "The stage's own metrics over time.",
    run.timeline?.points.every(({ consumedWriteUnits }) => consumedWriteUnits === null) &&
      'Write units: the stage published no such metric.',
    run.usl?.kind !== 'fitted' && 'The scalability law: not fitted, so nothing cross-checks the bracket.',
    run.stage === 'local' &&
      "AWS's capacity: the local stage proves behaviour and the loop, and its numbers are this machine's.",
  ].filter((sentence) => typeof sentence === 'string');
}

/** How the judged share of bad answers was bounded, in one sentence. */
export function howItWasJudged({ targets }: RunRecord): string {
  return `An answer is good when it is a 2xx within ${millisecondsText(targets.latencyMs)} ms of the instant it was meant to be sent. A rate passes when the one-sided 95 % upper bound of the bad share is at most ${percentText(targets.errorRatio)} and the stage keeps up.`;
}
