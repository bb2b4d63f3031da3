import { measureStep, stepTargets, type RunRecord } from '@spillway/capacity';
import { readAnswersFile } from '@spillway/run-files';
import { writeAnswers } from '@spillway/run-files/testing';

const SENT = 300;

/**
 * Steps of a run whose measurements are what their answers give, with the answers in the run's folder, as the load test
 * leaves them. A step that was throttled has 429s among its answers.
 */
export function answeredSteps(directory: string, { steps, targets }: RunRecord): RunRecord['steps'] {
  return steps.map(({ record: planned, measurement: wanted, judgement }) => {
    const record = { ...planned, sent: SENT, intended: SENT };
    const gapMs = (record.warmUpMs + record.holdMs) / SENT;
    const rowOf = (index: number) => {
      const isThrottled = index >= SENT - wanted.outcomes.throttled;
      const outcome = isThrottled ? 'throttled,429' : 'acknowledged,200';
      return `${index},${(index * gapMs).toFixed(3)},0.1,,1.5,${2 + (index % 9)},${outcome},`;
    };
    const answers = readAnswersFile(writeAnswers(directory, record, rowOf), SENT);
    const measurement = measureStep(record, answers, stepTargets(record.purpose, targets));
    return { record, measurement, judgement };
  });
}
