/** Requests as the engine's answers file has them, a column a fact; times are ms from the step's start. */
export interface SentAnswers {
  readonly intendedMs: Float64Array;
  /** When each was sent. */
  readonly sentMs: Float64Array;
  readonly latenessMs: Float64Array;
  /** From the intended instant to the last byte. */
  readonly latencyMs: Float64Array;
}

const COLUMNS = ['intendedMs', 'latenessMs', 'latencyMs'] as const;

/** An answers file that lacks what is measured here. */
export class AnswersColumnsError extends Error {
  readonly code = 'ANSWERS_COLUMNS';

  constructor(header: string) {
    super(`answers file: found columns ${header || '(none)'}, want ${COLUMNS.join(', ')} among them`);
    this.name = 'AnswersColumnsError';
  }
}

/**
 * Text of an answers file → the columns that matter here, found by name.
 * @throws AnswersColumnsError when one is missing
 */
export function readSentAnswers(text: string): SentAnswers {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(',');
  const places = COLUMNS.map((name) => names.indexOf(name));
  if (places.includes(-1)) throw new AnswersColumnsError(header);
  const rows = lines.map((line) => line.split(','));
  const column = (place: number | undefined) => Float64Array.from(rows, (row) => Number(row[place ?? -1]));
  const [intended, lateness, latency] = places;
  const [intendedMs, latenessMs] = [column(intended), column(lateness)];
  const sentMs = intendedMs.map((atMs, i) => atMs + (latenessMs[i] as number));
  return { intendedMs, sentMs, latenessMs, latencyMs: column(latency) };
}
