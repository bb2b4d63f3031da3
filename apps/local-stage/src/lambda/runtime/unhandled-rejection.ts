/** Named as Lambda's runtime names it, with the reason spelled out beside it in the log. */
export class UnhandledPromiseRejection extends Error {
  readonly code = undefined;
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(String(reason), { cause: reason });
    this.name = 'Runtime.UnhandledPromiseRejection';
    this.reason = reason;
  }
}
