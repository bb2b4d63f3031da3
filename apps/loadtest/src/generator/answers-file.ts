import { ANSWERS_HEADER, AnswersReader, outcomes, type Answers } from '@spillway/capacity';
import type { AnswerLog } from './answer-log.ts';

/** Characters of an error type that are kept: AWS's longest has 38, a stranger's header may have thousands. */
const ERROR_TYPE_KEPT = 40;

/** Rows printed at a time, some 250 KB: what a file takes beside its columns, however long the step. */
const ROWS_IN_A_PIECE = 4096;

/** All requests sent → CSV in pieces, times to the microsecond. Numbers and names only, so nothing needs quoting. */
export function* printAnswers(log: AnswerLog): Generator<Uint8Array> {
  let text = `${ANSWERS_HEADER}\n`;
  for (let i = 0; i < log.sent; i += 1) {
    text += `${i},${at(log.intendedMs, i)},${at(log.latenessMs, i)},${orEmpty(log.connectMs, i)},`;
    text += `${orEmpty(log.firstByteMs, i)},${at(log.latencyMs, i)},${outcomes[log.outcome[i] as number]},`;
    text += `${log.status[i]},${errorTypeOf(log, i)}\n`;
    if ((i + 1) % ROWS_IN_A_PIECE > 0) continue;
    yield Buffer.from(text, 'latin1');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'latin1');
}

/**
 * Bytes of an answers file → columns.
 * @param file name for messages
 * @param sent how many requests the step says it sent
 * @throws AnswersFileError when the header, a row or the end is not as it was written
 */
export function readAnswers(bytes: Uint8Array, file: string, sent: number): Answers {
  const reader = new AnswersReader({ file, sent });
  reader.take(bytes);
  return reader.end();
}

function errorTypeOf(log: AnswerLog, i: number): string {
  return (log.errorTypes.get(i) ?? '').slice(0, ERROR_TYPE_KEPT).replace(/[^\w.-]/g, '_');
}

function at(column: Float64Array, i: number): number {
  return Math.round((column[i] as number) * 1000) / 1000;
}

function orEmpty(column: Float64Array, i: number): number | '' {
  const valueMs = at(column, i);
  return Number.isNaN(valueMs) ? '' : valueMs;
}
