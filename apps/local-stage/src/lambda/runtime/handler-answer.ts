import { RESPONSE_LIMIT_BYTES } from '../function-definition.ts';

/** A handler's result that can't be an answer; named as Lambda names it. */
export class HandlerAnswerError extends Error {
  readonly code = 'HANDLER_ANSWER_UNUSABLE';

  constructor(
    kind: 'Runtime.JSONStringifyError' | 'Function.ResponseSizeTooLarge',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = kind;
  }
}

/**
 * The result as Lambda would put it on the wire; `undefined` answers `null`.
 * @throws {HandlerAnswerError} if it is no JSON or larger than 6 MB (F37)
 */
export function toJson(result: unknown): string {
  const json = stringify(result);
  // A UTF-16 unit is at most 3 bytes of UTF-8: most answers need no count.
  if (json.length * 3 <= RESPONSE_LIMIT_BYTES || Buffer.byteLength(json) <= RESPONSE_LIMIT_BYTES) return json;
  throw new HandlerAnswerError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`,
  );
}

function stringify(result: unknown): string {
  try {
    // A function or a symbol has no JSON either: Lambda answers null.
    return (JSON.stringify(result) as string | undefined) ?? 'null';
  } catch (error) {
    throw new HandlerAnswerError('Runtime.JSONStringifyError', 'Unable to stringify response body', error);
  }
}

/** What Lambda reports of a thrown value, which may be anything. */
export function describeError(thrown: unknown): { errorType: string; errorMessage: string } {
  try {
    if (thrown instanceof Error)
      return { errorType: String(thrown.name), errorMessage: String(thrown.message) };
    return { errorType: typeof thrown, errorMessage: String(thrown) };
  } catch {
    return { errorType: 'handled', errorMessage: 'the thrown value could not be read' };
  }
}
