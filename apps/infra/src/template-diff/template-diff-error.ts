/** Why there is nothing to compare with. One line: found, wanted, next. */
export type TemplateDiffErrorCode = 'BASE_UNKNOWN' | 'TEMPLATES_MISSING' | 'BASE_NOT_SYNTHESIZED';

/** An expected refusal of the template diff. Callers branch on `code`. */
export class TemplateDiffError extends Error {
  readonly code: TemplateDiffErrorCode;

  constructor(code: TemplateDiffErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TemplateDiffError';
    this.code = code;
  }
}
