import { HandlerLoadError } from './handler-name.ts';
import type { LambdaContext } from './invocation-context.ts';
import type { Handler } from './load-handler.ts';

/** From this many parameters on, Lambda takes a handler for one that answers by callback. */
const CALLBACK_STYLE_PARAMETERS = 3;

/** @throws {HandlerLoadError} for a handler with a callback, which Lambda's runtime refuses from Node 24 on */
export function refuseCallbackHandler(handler: Handler): void {
  if (handler.length < CALLBACK_STYLE_PARAMETERS) return;
  throw new HandlerLoadError(
    'CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'Make the handler async, or declare the runtime nodejs22.x.',
  );
}

/** Runs the handler in the style it is written in: a value or promise, or a callback. */
export async function callHandler(
  handler: Handler,
  event: unknown,
  context: LambdaContext,
): Promise<unknown> {
  if (handler.length < CALLBACK_STYLE_PARAMETERS) return handler(event, context);
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result: unknown) => {
      const settle = () => (error == null ? resolve(result) : reject(error as Error));
      if (context.callbackWaitsForEmptyEventLoop) onEmptyEventLoop(settle);
      else settle();
    };
    const returned = handler(event, context, callback);
    if (returned instanceof Promise) returned.then(resolve, reject);
  });
}

/** Lambda sends a callback's answer when nothing is pending any more; the channel to the pool doesn't count. */
function onEmptyEventLoop(listener: () => void): void {
  process.channel?.unref();
  process.once('beforeExit', () => {
    process.channel?.ref();
    listener();
  });
}
