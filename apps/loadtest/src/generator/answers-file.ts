import { ANSWERS_HEADER, outcomes, type Answers } from '@spillway/capacity';
import type { AnswerLog } from './answer-log.ts';

/** An answers file that can't be used; the message says found, wanted, next. */
export class AnswersFileError extends Error {
  readonly code = 'ANSWERS_FILE_INVALID';
  readonly file: string;

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}; take the step again`);
    this.name = 'AnswersFileError';
    this.file = file;
  }
}

/** Characters of an error type that are kept: AWS's longest has 38, a stranger's header may have thousands. */
const ERROR_TYPE_KEPT = 40;

const COLUMNS = ANSWERS_HEADER.split(',').length;

/** All requests sent → CSV, times to the microsecond. Numbers and names only, so nothing needs quoting. */
export function printAnswers(log: AnswerLog): string {
  const rows = [ANSWERS_HEADER];
  for (let i = 0; i < log.sent; i += 1) {
    rows.push(
      [
        i,
        at(log.intendedMs, i),
        at(log.latenessMs, i),
        orEmpty(log.connectMs, i),
        orEmpty(log.firstByteMs, i),
        at(log.latencyMs, i),
        outcomes[log.outcome[i] as number],
        log.status[i],
        (log.errorTypes.get(i) ?? '').slice(0, ERROR_TYPE_KEPT).replace(/[^\w.-]/g, '_'),
      ].join(','),
    );
  }
  return `${rows.join('\n')}\n`;
}

/**
 * Text of an answers file → columns.
 * @param file name for messages
 * @param sent how many requests the step says it sent
 * @throws AnswersFileError when the header, a row or the end is not as it was written: a part of the answers is
 * not a measurement
 */
export function readAnswers(text: string, file: string, sent: number): Answers {
  const lines = text.split('\n');
  if (lines[0] !== ANSWERS_HEADER)
    throw new AnswersFileError(file, `header "${lines[0]}", want "${ANSWERS_HEADER}"`);
  if (lines.pop() !== '') throw new AnswersFileError(file, 'ends in the middle of a row');
  const count = lines.length - 1;
  if (count !== sent) throw new AnswersFileError(file, `${count} answers, want ${sent}`);
  const answers = {
    count,
    intendedMs: new Float64Array(count),
    latenessMs: new Float64Array(count),
    latencyMs: new Float64Array(count),
    outcome: new Uint8Array(count),
    status: new Uint16Array(count),
  };
  for (let i = 0; i < count; i += 1) {
    const cells = (lines[i + 1] as string).split(',');
    const [sequence, intendedMs, latenessMs, connectMs, firstByteMs, latencyMs, outcome, status] = cells;
    const numbers = [intendedMs, latenessMs, latencyMs, status].map(numberOf);
    const others = [connectMs || '0', firstByteMs || '0'].map(numberOf);
    const index = outcomes.findIndex((name) => name === outcome);
    if (
      cells.length !== COLUMNS ||
      sequence !== String(i) ||
      index < 0 ||
      [...numbers, ...others].some(Number.isNaN)
    ) {
      throw new AnswersFileError(file, `line ${i + 2} is "${lines[i + 1]}", want request ${i}`);
    }
    [answers.intendedMs[i], answers.latenessMs[i], answers.latencyMs[i], answers.status[i]] = numbers as [
      number,
      number,
      number,
      number,
    ];
    answers.outcome[i] = index;
  }
  return answers;
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell === '' ? Number.NaN : Number(cell);
}

function at(column: Float64Array, i: number): number {
  return Math.round((column[i] as number) * 1000) / 1000;
}

function orEmpty(column: Float64Array, i: number): number | '' {
  const valueMs = at(column, i);
  return Number.isNaN(valueMs) ? '' : valueMs;
}
