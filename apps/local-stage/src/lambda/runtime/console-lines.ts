import { format } from 'node:util';
import type { FunctionLogging, LogLevel } from '../function-logging.ts';

/** One call of the console → the line that Lambda's Node runtime writes, line ends inside it kept. */
export function consoleText(
  logging: FunctionLogging,
  level: LogLevel,
  /** `undefined` during init: so Lambda prints it. */
  requestId: string | undefined,
  nowMs: number,
  [message, ...params]: readonly unknown[],
): string {
  const timestamp = new Date(nowMs).toISOString();
  if (logging.format === 'Text')
    return `${timestamp}\t${requestId}\t${level}\t${format(message, ...params)}\n`;
  const line = { timestamp, level, ...(requestId === undefined ? {} : { requestId }) };
  return `${params.length === 0 ? jsonOfOne(line, message) : jsonOfMany(line, message, params)}\n`;
}

/** An error that the runtime reports itself: `Invoke Error`, `Uncaught Exception`. */
export function errorText(
  logging: FunctionLogging,
  title: string,
  requestId: string | undefined,
  nowMs: number,
  thrown: unknown,
): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const said = logging.format === 'JSON' ? [error] : [title, `\t${errorJson(error)}`];
  return consoleText(logging, 'ERROR', requestId, nowMs, said);
}

function errorJson(error: Error): string {
  try {
    return JSON.stringify(error, (_key, value: unknown) => (value instanceof Error ? spelled(value) : value));
  } catch {
    return JSON.stringify({ errorType: error.name, errorMessage: error.message });
  }
}

/** With what the handler put on it, such as a `code` or a `cause`. */
function spelled(error: Error): object {
  const { name, message, stack } = error;
  return { errorType: name, errorMessage: message, ...error, ...(stack && { stack: stack.split('\n') }) };
}

function jsonOfOne(line: object, message: unknown): string {
  try {
    return JSON.stringify({ ...line, message }, (_key, value: unknown) =>
      value instanceof Error ? { ...traced(value), ...value } : value,
    );
  } catch {
    // A circle, or a bigint.
    return JSON.stringify({ ...line, message: format(message) });
  }
}

/** Several arguments make one text; the first error among them is spelled out beside it. */
function jsonOfMany(line: object, message: unknown, params: readonly unknown[]): string {
  const error = params.find((param) => param instanceof Error);
  return JSON.stringify({ ...line, message: format(message, ...params), ...(error && traced(error)) });
}

function traced(error: Error): object {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}
