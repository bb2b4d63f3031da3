/** Options that can't be meant: a mistake of the program, so it is thrown. The message says found and wanted. */
export class ClientOptionsError extends Error {
  readonly code = 'CLIENT_OPTIONS_REFUSED';
  /** Name of the option. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(`${option}: ${message}`);
    this.name = 'ClientOptionsError';
    this.option = option;
  }
}
