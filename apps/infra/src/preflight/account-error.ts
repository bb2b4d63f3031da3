/** An account that can't be asked: no Region, no credentials, or nobody there. One line: found, wanted, next. */
export class AccountError extends Error {
  readonly code = 'ACCOUNT_UNREACHABLE';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `AWS can't be asked: ${reason.replaceAll(/\s+/g, ' ').trim()}; want a Region and credentials that may read the account; ` +
        'log in, set AWS_REGION, or say --profile=<name>',
      { cause },
    );
    this.name = 'AccountError';
  }
}
