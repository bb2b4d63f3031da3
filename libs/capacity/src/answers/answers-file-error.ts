/** An answers file that can't be used; one line that says found, wanted, next. */
export class AnswersFileError extends Error {
  readonly code = 'ANSWERS_FILE_INVALID';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}; run npx nx run loadtest again, or name another run`, options);
    this.name = 'AnswersFileError';
    this.file = file;
  }
}
