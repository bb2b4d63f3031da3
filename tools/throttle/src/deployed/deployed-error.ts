/** A deployed stage that can't be asked, or is not the one that is meant. One line: found, wanted, next. */
export class DeployedError extends Error {
  readonly code:
    'STAGE_UNKNOWN' | 'ACCOUNT_UNREACHABLE' | 'ACCOUNT_OTHER' | 'STACK_MISSING' | 'STACK_FOREIGN';

  constructor(code: DeployedError['code'], message: string, cause?: unknown) {
    super(message.replaceAll(/\s+/g, ' ').trim(), { cause });
    this.name = 'DeployedError';
    this.code = code;
  }
}

/** What went wrong, in a few words. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // Where nobody answers, Node's error has a code and no message.
  const code = 'code' in cause ? String(cause.code) : cause.name;
  return (cause.message || code).replace(/\.$/, '');
}
