/** What can be wrong with a stage that was asked for, or with the files that describe it. */
export type StageErrorCode =
  | 'ARGUMENT_REFUSED'
  | 'STAGE_UNKNOWN'
  | 'STAGE_NOT_DEPLOYED'
  | 'LIMITS_NOT_MEASURED'
  | 'STAGES_INVALID'
  | 'GUARANTEES_TOO_HIGH'
  | 'BATCHES_TOO_SLOW'
  | 'BUNDLE_MISSING'
  | 'GITHUB_INVALID';

/** An expected refusal: one line that says found, wanted, next. Callers branch on `code`. */
export class StageError extends Error {
  readonly code: StageErrorCode;

  constructor(code: StageErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StageError';
    this.code = code;
  }
}
