import { ANSWERS_HEADER, AnswersReader, measureStep, stepTargets, type RunRecord } from '@spillway/capacity';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SENT = 300;

/**
 * Steps of a run whose measurements are what their answers give, with the answers in the run's folder, as the load test
 * leaves them. A step that was throttled has 429s among its answers.
 */
export function answeredSteps(directory: string, { steps, targets }: RunRecord): RunRecord['steps'] {
  return steps.map(({ record: planned, measurement: wanted, judgement }) => {
    const record = { ...planned, sent: SENT, intended: SENT };
    const gapMs = (record.warmUpMs + record.holdMs) / SENT;
    const rows = Array.from({ length: SENT }, (_, index) => {
      const isThrottled = index >= SENT - wanted.outcomes.throttled;
      const outcome = isThrottled ? 'throttled,429' : 'acknowledged,200';
      return `${index},${(index * gapMs).toFixed(3)},0.1,,1.5,${2 + (index % 9)},${outcome},`;
    });
    const text = `${[ANSWERS_HEADER, ...rows].join('\n')}\n`;
    writeFileSync(join(directory, record.answersFile), text);
    const reader = new AnswersReader({ file: record.answersFile, sent: SENT });
    reader.take(new TextEncoder().encode(text));
    const measurement = measureStep(record, reader.end(), stepTargets(record.purpose, targets));
    return { record, measurement, judgement };
  });
}
