/**
 * Errors of DynamoDB (F44) and of the SDK after which the same request may succeed: throttled, overloaded,
 * timed out, or in the way of a transaction.
 */
const TRANSIENT_NAMES = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
]);

/** Node's codes for a peer that can't be found or reached, or that broke the connection. */
const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Name of what keeps the table from answering, or undefined if the error means anything else. Judged by name,
 * code and HTTP status, never by message.
 */
export function findUnavailability(error: unknown): string | undefined {
  const name = readField(error, 'name');
  if (typeof name === 'string' && TRANSIENT_NAMES.has(name)) return name;
  const code = readField(error, 'code');
  if (typeof code === 'string' && NETWORK_CODES.has(code)) return code;
  const status = readField(readField(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' && status >= 500 ? `HTTP ${status}` : undefined;
}

function readField(holder: unknown, field: string): unknown {
  return holder !== null && typeof holder === 'object' ? Reflect.get(holder, field) : undefined;
}
