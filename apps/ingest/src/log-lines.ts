import type { Log } from './answer-request.ts';

/** What the lines need besides what they are about. */
export interface LogParts {
  readonly service: string;
  /** Takes a line with its end. */
  readonly write: (line: string) => void;
  readonly readTraceId: () => string | undefined;
  readonly nowMs?: () => number;
}

/** Most errors told of one line, each the cause of the one before. */
const MAX_CAUSES = 5;

/**
 * A JSON line for each message, in the fields that Powertools' Logger gives them. Written here, since that logger is a
 * tenth of the bundle and a thirtieth of the time the function takes to start, and most execution environments never
 * log a line.
 */
export function createLog({ service, write, readTraceId, nowMs = Date.now }: LogParts): Log {
  const log = (level: 'WARN' | 'ERROR') => (message: string, facts: Readonly<Record<string, unknown>>) => {
    const timestamp = new Date(nowMs()).toISOString();
    const line = { level, message, timestamp, service, xray_trace_id: readTraceId(), ...facts };
    const { error } = facts;
    const described =
      error instanceof Error ? { ...line, error: describeError(error, level === 'ERROR') } : line;
    write(`${JSON.stringify(described)}\n`);
  };
  return { warn: log('WARN'), error: log('ERROR') };
}

/**
 * What AWS's support asks for is in `$metadata`; whatever else an error carries may be a client's. A warning is about a
 * known error: where it was thrown would be most of the line, and of what it costs (F75).
 */
function describeError(error: Error, hasStack: boolean, depth = 1): Readonly<Record<string, unknown>> {
  const { name, message, stack, cause } = error;
  return {
    name,
    code: readField(error, 'code'),
    message,
    stack: hasStack ? stack : undefined,
    $metadata: readField(error, '$metadata'),
    cause:
      cause instanceof Error && depth < MAX_CAUSES ? describeError(cause, hasStack, depth + 1) : undefined,
  };
}

function readField(error: Error, field: string): unknown {
  return Reflect.get(error, field);
}
