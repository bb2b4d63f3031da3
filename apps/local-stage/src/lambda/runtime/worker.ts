/**
 * Runs inside an execution environment's process: loads the function's code, then serves what the pool sends,
 * one invocation at a time. Started by `child-process-source.ts` only.
 */
import { flushCompileCache } from 'node:module';
import { callHandler, refuseCallbackHandler } from './call-handler.ts';
import { describeError, toJson } from './handler-answer.ts';
import { invocationContext, type EnvironmentContext } from './invocation-context.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import type { InvocationMessage, WorkerMessage } from '../worker-protocol.ts';

const UNCAUGHT_EXCEPTION_STATUS = 129;
const UNHANDLED_REJECTION_STATUS = 128;

const send = openChannel();
const { functionArn, refusesCallbacks } = takePrivateVariables();
let exitReason: string | null = null;
let begun = false;

// Without a pool nobody takes an answer: end, whatever the handler is doing and however the pool went.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole process group: the pool answers what runs before it ends its environments.
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error) => {
  const { errorType, errorMessage } = describeError(error);
  exitReason = `uncaught exception ${errorType}: ${errorMessage}`;
  process.exit(UNCAUGHT_EXCEPTION_STATUS);
});
process.on('unhandledRejection', (reason) => {
  exitReason = `Runtime.UnhandledPromiseRejection: ${describeError(reason).errorMessage}`;
  process.exit(UNHANDLED_REJECTION_STATUS);
});
process.on('exit', (status) => {
  send({ kind: 'exiting', begun, reason: exitReason ?? `Runtime.ExitError: exit status ${status}` });
});

try {
  const handler = await loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'));
  if (refusesCallbacks) refuseCallbackHandler(handler);
  const environment: EnvironmentContext = {
    functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
    invokedFunctionArn: functionArn,
    memoryLimitInMB: variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
  };
  process.on('message', (message) => void serve(handler, environment, message as InvocationMessage));
  send({ kind: 'ready' });
  flushCompileCache();
} catch (error) {
  send({ kind: 'init-failed', ...describeError(error) });
}

async function serve(handler: Handler, environment: EnvironmentContext, invocation: InvocationMessage) {
  begun = true;
  process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
  const startedAtMs = performance.now();
  const answer = await run(handler, environment, invocation);
  const durationMs = performance.now() - startedAtMs;
  // As Lambda's runtime does: what the same turn left to fail still fails under this invocation.
  await new Promise((resolve) => setImmediate(resolve));
  begun = false;
  send({ ...answer, durationMs });
}

async function run(handler: Handler, environment: EnvironmentContext, invocation: InvocationMessage) {
  try {
    const context = invocationContext(environment, invocation, Date.now);
    return { kind: 'returned', json: toJson(await callHandler(handler, invocation.event, context)) } as const;
  } catch (error) {
    return { kind: 'threw', ...describeError(error) } as const;
  }
}

/** The channel, out of the handler's sight: on Lambda `process.send` is undefined too. */
function openChannel(): (message: WorkerMessage) => void {
  const channel = process.send?.bind(process);
  if (!channel)
    throw new Error('worker.ts: found no channel to a pool, want one; start the local stage instead');
  delete process.send;
  return (message) => void channel(message);
}

function takePrivateVariables() {
  const taken = {
    functionArn: variable('SPILLWAY_FUNCTION_ARN'),
    refusesCallbacks: process.env['SPILLWAY_REFUSE_CALLBACK_HANDLERS'] === 'true',
  };
  delete process.env['SPILLWAY_FUNCTION_ARN'];
  delete process.env['SPILLWAY_REFUSE_CALLBACK_HANDLERS'];
  delete process.env['NODE_COMPILE_CACHE'];
  return taken;
}

function variable(name: string): string {
  return process.env[name] ?? '';
}
