import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LATEST, type FunctionDefinition } from './function-definition.ts';
import { TEXT_LOGGING } from './function-logging.ts';

/** Any will do: nothing on this machine checks a signature. DynamoDB Local wants letters and digits. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/**
 * The variables a handler finds, as Lambda sets them, and nothing of this process's own environment.
 * The definition's win, except over those that Lambda reserves. Left out, because they would name what is not
 * here: `AWS_LAMBDA_RUNTIME_API` (there is no such server), `LD_LIBRARY_PATH` (it would mislead this machine's
 * loader), `NODE_EXTRA_CA_CERTS`.
 * @param logStreamName differs from environment to environment
 */
export function environmentVariables(
  definition: FunctionDefinition,
  logStreamName: string,
): Record<string, string> {
  const region = definition.arn.split(':')[3] || 'us-east-1';
  const major = /^nodejs(\d+)\.x$/.exec(definition.runtime ?? '')?.[1] ?? process.versions.node.split('.')[0];
  const taskRoot = definition.bundleDirectory;
  return {
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PWD: taskRoot,
    SHLVL: '0',
    NODE_PATH: `/opt/nodejs/node${major}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:${taskRoot}`,
    ...credentials(definition.environment),
    // Where X-Ray's SDK looks by itself, and a developer's own daemon would be.
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime ?? `nodejs${major}.x`}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: definition.version ?? LATEST,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName ?? `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    ...logVariables(definition),
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    // Not Lambda's: the worker takes these out before the handler loads. With the cache a start costs
    // 27 ms instead of 68, most of it stripping the worker's types anew.
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    SPILLWAY_FUNCTION_ARN: definition.arn,
    ...(definition.logFile !== undefined && { SPILLWAY_LOGGING: JSON.stringify(loggingOf(definition)) }),
    ...(refusesCallbackHandlers(definition.runtime) && { SPILLWAY_REFUSE_CALLBACK_HANDLERS: 'true' }),
  };
}

/** `2026/01/31/[$LATEST]<32 hex digits>` */
export function logStreamName(nowMs: number, id: string, version = LATEST): string {
  return `${new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${id}`;
}

/** A role's, so with a session token; none of them beside keys that the function declares itself. */
function credentials(declared: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (declared['AWS_ACCESS_KEY_ID'] !== undefined) return {};
  return {
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'local',
  };
}

/** Libraries that log by themselves, such as Powertools, follow these; Lambda sets them with JSON only **?**. */
function logVariables(definition: FunctionDefinition): Readonly<Record<string, string>> {
  const { format, applicationLevel } = loggingOf(definition);
  if (format === 'Text') return {};
  return { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: applicationLevel };
}

function loggingOf(definition: FunctionDefinition) {
  return definition.logging ?? TEXT_LOGGING;
}

/** Lambda's own runtime stops at load on a handler with a callback from `nodejs24.x` on. */
function refusesCallbackHandlers(runtime: string | undefined): boolean {
  return Number(/^nodejs(\d+)\.x$/.exec(runtime ?? '')?.[1] ?? 0) >= 24;
}
