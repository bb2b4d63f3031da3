/**
 * Runs inside an execution environment's process: loads the function's code, then serves what the pool sends,
 * one invocation at a time. Started by `child-process-source.ts` only.
 */
import { flushCompileCache } from 'node:module';
import { callHandler, refuseCallbackHandler } from './call-handler.ts';
import type { FunctionLogging } from '../function-logging.ts';
import { describeError, toJson } from './handler-answer.ts';
import { UnhandledPromiseRejection } from './unhandled-rejection.ts';
import { HandlerOutput } from './handler-output.ts';
import { invocationContext, type EnvironmentContext } from './invocation-context.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import type { InvocationReport } from '../platform-log.ts';
import { OwnMemory } from './own-memory.ts';
import type { InvocationMessage, WorkerMessage } from '../worker-protocol.ts';

const UNCAUGHT_EXCEPTION_STATUS = 129;
const UNHANDLED_REJECTION_STATUS = 128;

/** Metrics go with the answer; those of an invocation that takes longer than this go ahead. */
const METRICS_DELAY_MS = 100;

const send = openChannel();
const { functionArn, logging, refusesCallbacks } = takePrivateVariables();
const memorySizeMb = Number(variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'));
const output = new HandlerOutput(logging, process.env['AWS_LAMBDA_FUNCTION_VERSION']);
const memory = new OwnMemory();
let exitReason: string | null = null;
let begun = false;
let initDurationMs: number | undefined;
let metricsTimer: NodeJS.Timeout | null = null;

// Without a pool nobody takes an answer: end, whatever the handler is doing and however the pool went.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole process group: the pool answers what runs before it ends its environments.
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error) => {
  const { errorType, errorMessage } = describeError(error);
  exitReason = `uncaught exception ${errorType}: ${errorMessage}`;
  output.failed('Uncaught Exception', error);
  process.exit(UNCAUGHT_EXCEPTION_STATUS);
});
process.on('unhandledRejection', (reason) => {
  exitReason = `Runtime.UnhandledPromiseRejection: ${describeError(reason).errorMessage}`;
  output.failed('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason));
  process.exit(UNHANDLED_REJECTION_STATUS);
});
process.on('exit', (status) => {
  output.flush();
  const reason = exitReason ?? `Runtime.ExitError: exit status ${status}`;
  const peakMb = logging ? memory.peakMb(performance.now()) : undefined;
  send({
    kind: 'exiting',
    begun,
    reason,
    ...printedMetrics(),
    ...(peakMb !== undefined && { peakMemoryMb: peakMb }),
  });
});
output.onMetrics(() => (metricsTimer ??= setTimeout(sendMetrics, METRICS_DELAY_MS).unref()));

try {
  const handler = await loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'));
  if (refusesCallbacks) refuseCallbackHandler(handler);
  const environment: EnvironmentContext = {
    functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memorySizeMb),
    logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
  };
  process.on('message', (message) => void serve(handler, environment, message as InvocationMessage));
  // Since the process began: Node itself is part of an init.
  initDurationMs = performance.now();
  send({ kind: 'ready' });
  flushCompileCache();
} catch (error) {
  output.failed('Uncaught Exception', error);
  output.flush();
  send({ kind: 'init-failed', ...describeError(error) });
}

async function serve(handler: Handler, environment: EnvironmentContext, invocation: InvocationMessage) {
  begun = true;
  process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
  output.start(invocation.requestId);
  const startedAtMs = performance.now();
  const answer = await run(handler, environment, invocation);
  const durationMs = performance.now() - startedAtMs;
  // As Lambda's runtime does: what the same turn left to fail still fails under this invocation.
  await new Promise((resolve) => setImmediate(resolve));
  begun = false;
  output.end(() => report(invocation, durationMs, answer.kind === 'returned' ? 'success' : 'error'));
  initDurationMs = undefined;
  send({ ...answer, durationMs, ...printedMetrics() });
}

async function run(handler: Handler, environment: EnvironmentContext, invocation: InvocationMessage) {
  try {
    const context = invocationContext(environment, invocation, Date.now);
    return { kind: 'returned', json: toJson(await callHandler(handler, invocation.event, context)) } as const;
  } catch (error) {
    output.failed('Invoke Error', error);
    return { kind: 'threw', ...describeError(error) } as const;
  }
}

function report(
  { requestId, initInsideMs }: InvocationMessage,
  durationMs: number,
  status: 'success' | 'error',
): InvocationReport {
  return {
    requestId,
    durationMs: durationMs + initInsideMs,
    memorySizeMb,
    maxMemoryUsedMb: memory.peakMb(performance.now()),
    status,
    ...(initDurationMs !== undefined && initInsideMs === 0 && { initDurationMs }),
  };
}

function printedMetrics() {
  const metrics = output.takeMetrics();
  return metrics.length > 0 && { metrics };
}

function sendMetrics(): void {
  metricsTimer = null;
  const metrics = output.takeMetrics();
  if (metrics.length > 0) send({ kind: 'printed-metrics', metrics });
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
  const logging = process.env['SPILLWAY_LOGGING'];
  const taken = {
    functionArn: variable('SPILLWAY_FUNCTION_ARN'),
    logging: logging === undefined ? null : (JSON.parse(logging) as FunctionLogging),
    refusesCallbacks: process.env['SPILLWAY_REFUSE_CALLBACK_HANDLERS'] === 'true',
  };
  delete process.env['SPILLWAY_FUNCTION_ARN'];
  delete process.env['SPILLWAY_LOGGING'];
  delete process.env['SPILLWAY_REFUSE_CALLBACK_HANDLERS'];
  delete process.env['NODE_COMPILE_CACHE'];
  return taken;
}

function variable(name: string): string {
  return process.env[name] ?? '';
}
