import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from './function-definition.ts';

const FUNCTION_VERSION = '$LATEST';

/** Any will do: nothing on this machine checks a signature. DynamoDB Local wants letters and digits. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/**
 * The variables a handler finds, as Lambda sets them, and nothing of this process's own environment.
 * The definition's win, except over those that Lambda reserves.
 * @param logStreamName differs from environment to environment
 */
export function environmentVariables(
  definition: FunctionDefinition,
  logStreamName: string,
): Record<string, string> {
  const region = definition.arn.split(':')[3] || 'us-east-1';
  return {
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime ?? `nodejs${process.versions.node.split('.')[0]}.x`}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: FUNCTION_VERSION,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: definition.bundleDirectory,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    // Not Lambda's: the worker takes these out before the handler loads. With the cache a start costs
    // 27 ms instead of 68, most of it stripping the worker's types anew.
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    SPILLWAY_FUNCTION_ARN: definition.arn,
    ...(refusesCallbackHandlers(definition.runtime) && { SPILLWAY_REFUSE_CALLBACK_HANDLERS: 'true' }),
  };
}

/** `2026/01/31/[$LATEST]<32 hex digits>` */
export function logStreamName(nowMs: number, id: string): string {
  return `${new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '/')}/[${FUNCTION_VERSION}]${id}`;
}

/** Lambda's own runtime stops at load on a handler with a callback from `nodejs24.x` on. */
function refusesCallbackHandlers(runtime: string | undefined): boolean {
  return Number(/^nodejs(\d+)\.x$/.exec(runtime ?? '')?.[1] ?? 0) >= 24;
}
