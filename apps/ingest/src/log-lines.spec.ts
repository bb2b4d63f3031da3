import { createLog } from './log-lines.ts';

function recordLines(traceId?: string) {
  const lines: string[] = [];
  const log = createLog({
    service: 'ingest',
    write: (line) => void lines.push(line),
    readTraceId: () => traceId,
    nowMs: () => Date.UTC(2026, 10, 24, 1, 2, 3, 4),
  });
  return { log, lines, first: () => JSON.parse(lines[0] ?? '') };
}

describe('createLog', () => {
  it('writes a line of JSON with the facts', () => {
    const { log, lines, first } = recordLines('1-2-3');
    log.warn('table unavailable', { requestId: 'lambda-1', reason: 'ThrottlingException' });
    expect(lines).toEqual([expect.stringMatching(/^[^\n]+\n$/)]);
    expect(first()).toEqual({
      level: 'WARN',
      message: 'table unavailable',
      timestamp: '2026-11-24T01:02:03.004Z',
      service: 'ingest',
      xray_trace_id: '1-2-3',
      requestId: 'lambda-1',
      reason: 'ThrottlingException',
    });
  });

  it('leaves the trace out where there is none', () => {
    const { log, first } = recordLines();
    log.error('request failed', {});
    expect(first()).toMatchObject({ level: 'ERROR' });
    expect(first()).not.toHaveProperty('xray_trace_id');
  });

  it('tells of an error what it is, where it came from and what it was caused by', () => {
    const cause = Object.assign(new TypeError('deeper'), { code: 'EPIPE' });
    const error = Object.assign(new Error('two\nlines', { cause }), { $metadata: { requestId: 'aws-1' } });
    const { log, lines, first } = recordLines();
    log.error('request failed', { error });
    expect(lines[0]?.match(/\n/g)).toHaveLength(1);
    expect(first().error).toMatchObject({
      name: 'Error',
      message: 'two\nlines',
      stack: expect.stringContaining('log-lines.spec.ts'),
      $metadata: { requestId: 'aws-1' },
      cause: { name: 'TypeError', message: 'deeper', code: 'EPIPE' },
    });
  });

  it('tells of a warning what it was caused by, and not where that was thrown', () => {
    const cause = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const error = Object.assign(new Error('no answer', { cause }), { $metadata: { requestId: 'aws-1' } });
    const { log, first } = recordLines();
    log.warn('table unavailable', { error });
    expect(first().error).toEqual({
      name: 'Error',
      message: 'no answer',
      $metadata: { requestId: 'aws-1' },
      cause: { name: 'ThrottlingException', message: 'slow down' },
    });
  });

  it('tells nothing else of an error: it may be private, or have no end', () => {
    const error = Object.assign(new Error('failed'), { Item: { title: { S: 'secret' } } });
    Object.assign(error, { self: error, cause: error });
    const { log, lines, first } = recordLines();
    log.error('request failed', { error });
    expect(lines[0]).not.toContain('secret');
    expect(first().error.cause.cause.cause.cause).not.toHaveProperty('cause');
  });
});
