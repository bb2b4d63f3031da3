/**
 * The status code that a function or a mock answers with, number or text; null for one that ends no request: 1xx
 * would leave the client waiting. What AWS makes of those is unverified.
 */
export function readAnswerStatus(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const statusCode = Number(value);
  return Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599 ? statusCode : null;
}
