import { partitionOf } from '../template/intrinsics/partition.ts';
import { LATEST } from './function-definition.ts';
import { isKept, type FunctionLogging, type LogLevel } from './function-logging.ts';

/** How init or an invocation ended. */
export interface Ending {
  readonly status: 'success' | 'error' | 'timeout';
  /** `Runtime.ExitError`; none where the handler itself threw: Lambda names no type then **?**. */
  readonly errorType?: string;
}

/** What Lambda reports at the end of an invocation. */
export interface InvocationReport extends Ending {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memorySizeMb: number;
  /** Of the environment so far, all its invocations included. */
  readonly maxMemoryUsedMb: number;
  /** Of the environment's first invocation only, unless init ran inside it. */
  readonly initDurationMs?: number;
}

export interface InitReport extends Ending {
  readonly durationMs: number;
  /** `invoke`: a second attempt, inside the first invocation (F36). */
  readonly phase: 'init' | 'invoke';
}

/** Says that init begins. AWS numbers its builds of a runtime; here it is the version of Node that runs. */
export function initStartText(logging: FunctionLogging, region: string, nowMs: number): string {
  const runtimeVersion = `nodejs:${process.versions.node}`;
  const runtimeVersionArn = `arn:${partitionOf(region).name}:lambda:${region}::runtime:local`;
  if (logging.format === 'Text') {
    return `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${runtimeVersionArn}\n`;
  }
  const record = { initializationType: 'on-demand', phase: 'init', runtimeVersion, runtimeVersionArn };
  return system(logging, 'DEBUG', 'platform.initStart', nowMs, record);
}

/** Text logs have it of an init that failed only. */
export function initReportText(logging: FunctionLogging, report: InitReport, nowMs: number): string {
  const { phase, status, errorType, durationMs } = report;
  const failed = status !== 'success';
  if (logging.format === 'Text') {
    if (!failed) return '';
    return `INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: ${phase}${endingText(report)}\n`;
  }
  return system(logging, failed ? 'WARN' : 'DEBUG', 'platform.initReport', nowMs, {
    initializationType: 'on-demand',
    phase,
    status,
    ...(errorType === undefined ? {} : { errorType }),
    metrics: { durationMs: rounded(durationMs) },
  });
}

export function startText(
  logging: FunctionLogging,
  requestId: string,
  nowMs: number,
  version = LATEST,
): string {
  if (logging.format === 'Text') return `START RequestId: ${requestId} Version: ${version}\n`;
  return system(logging, 'INFO', 'platform.start', nowMs, { requestId, version });
}

/** END and REPORT. Init is billed too: AWS does so for every function since August 2025. */
export function reportText(logging: FunctionLogging, report: InvocationReport, nowMs: number): string {
  const { requestId, durationMs, memorySizeMb, initDurationMs, status, errorType } = report;
  const billedMs = Math.ceil(durationMs + (initDurationMs ?? 0));
  const maxMemoryUsedMb = Math.min(report.maxMemoryUsedMb, memorySizeMb);
  if (logging.format === 'Text') {
    const init = initDurationMs === undefined ? '' : `\tInit Duration: ${ms(initDurationMs)}`;
    return (
      `END RequestId: ${requestId}\n` +
      `REPORT RequestId: ${requestId}\tDuration: ${ms(durationMs)}\tBilled Duration: ${billedMs} ms\t` +
      `Memory Size: ${memorySizeMb} MB\tMax Memory Used: ${maxMemoryUsedMb} MB${init}` +
      // A line of success ends with a tab, as on Lambda.
      `${endingText(report) || '\t'}\n`
    );
  }
  const ending = { requestId, status, ...(errorType === undefined ? {} : { errorType }) };
  const done = status === 'success' ? 'DEBUG' : 'WARN';
  return (
    system(logging, done, 'platform.runtimeDone', nowMs, {
      ...ending,
      metrics: { durationMs: rounded(durationMs) },
    }) +
    system(logging, status === 'success' ? 'INFO' : 'WARN', 'platform.report', nowMs, {
      ...ending,
      metrics: {
        durationMs: rounded(durationMs),
        billedDurationMs: billedMs,
        memorySizeMB: memorySizeMb,
        maxMemoryUsedMB: maxMemoryUsedMb,
        ...(initDurationMs === undefined ? {} : { initDurationMs: rounded(initDurationMs) }),
      },
    })
  );
}

/** JSON logs have it in the report's status alone **?**. */
export function timedOutText(logging: FunctionLogging, requestId: string, timeoutMs: number, nowMs: number) {
  if (logging.format === 'JSON') return '';
  const seconds = (timeoutMs / 1000).toFixed(2);
  return `${new Date(nowMs).toISOString()} ${requestId} Task timed out after ${seconds} seconds\n\n`;
}

/**
 * The line of a process that ended under an invocation, or under init. JSON logs have it in the report alone **?**.
 * @param how `exit status 1`, `signal: killed`; empty where it exited with 0
 */
export function exitText(logging: FunctionLogging, requestId: string | undefined, how: string): string {
  if (logging.format === 'JSON') return '';
  const whose = requestId === undefined ? '' : `RequestId: ${requestId} `;
  const why = how === '' ? 'without providing a reason' : `with error: ${how}`;
  return `${whose}Error: Runtime exited ${why}\nRuntime.ExitError\n`;
}

function endingText({ status, errorType }: Ending): string {
  if (status === 'timeout') return '\tStatus: timeout';
  return errorType === undefined ? '' : `\tStatus: ${status}\tError Type: ${errorType}`;
}

function system(
  logging: FunctionLogging,
  level: LogLevel,
  type: string,
  nowMs: number,
  record: object,
): string {
  if (!isKept(level, logging.systemLevel)) return '';
  return `${JSON.stringify({ time: new Date(nowMs).toISOString(), type, record })}\n`;
}

function ms(durationMs: number): string {
  return `${durationMs.toFixed(2)} ms`;
}

function rounded(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}
