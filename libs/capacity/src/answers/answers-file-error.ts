/** An answers file that can't be used; the message says found, wanted, next. */
export class AnswersFileError extends Error {
  readonly code = 'ANSWERS_FILE_INVALID';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}; take the step again`, options);
    this.name = 'AnswersFileError';
    this.file = file;
  }
}
