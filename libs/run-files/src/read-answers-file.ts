import { AnswersFileError, AnswersReader, type Answers } from '@spillway/capacity';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Read at a time; what a file takes beside its columns. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Reads a step's answers file, such as `step-discovery-01.answers.csv`, a piece at a time.
 * @param sent how many requests the step's record says it sent
 * @param mayHaveGaps whether sequences may be missing, as of an interrupted step (`sent` < `intended`)
 * @throws AnswersFileError when it can't be read, or a header, row or end is not as it was written
 */
export function readAnswersFile(file: string, sent: number, { mayHaveGaps = false } = {}): Answers {
  const piece = new Uint8Array(PIECE_BYTES);
  const handle = attempt(file, () => openSync(file, 'r'));
  try {
    const fileBytes = attempt(file, () => fstatSync(handle).size);
    const reader = new AnswersReader({ file, sent, mayHaveGaps, fileBytes });
    for (;;) {
      const length = attempt(file, () => readSync(handle, piece));
      if (length === 0) return reader.end();
      reader.take(piece.subarray(0, length));
    }
  } finally {
    closeSync(handle);
  }
}

function attempt<T>(file: string, access: () => T): T {
  try {
    return access();
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new AnswersFileError(file, `can't be read (${why}), want the answers of a step`, { cause });
  }
}
