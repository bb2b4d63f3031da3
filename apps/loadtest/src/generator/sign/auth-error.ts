/** Requests can't be signed or given their key; the message says found, wanted, next, and never a secret. */
export class AuthError extends Error {
  readonly code = 'AUTH_UNAVAILABLE';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AuthError';
  }
}
