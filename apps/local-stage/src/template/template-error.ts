/** A template that can't be read or played at all; the message says found, wanted, next. */
export class TemplateError extends Error {
  readonly code = 'TEMPLATE_UNUSABLE';
  readonly templateFile: string;
  /** The message without the file. */
  readonly problem: string;

  constructor(templateFile: string, problem: string, cause?: unknown) {
    super(`${templateFile}: ${problem}`, { cause });
    this.name = 'TemplateError';
    this.templateFile = templateFile;
    this.problem = problem;
  }
}
