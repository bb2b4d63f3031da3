import { TEXT_LOGGING, type FunctionLogging } from './function-logging.ts';
import {
  exitText,
  initReportText,
  initStartText,
  reportText,
  startText,
  timedOutText,
  type InvocationReport,
} from './platform-log.ts';

const AT_MS = Date.UTC(2026, 0, 31, 12);
const JSON_LOGGING: FunctionLogging = { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'INFO' };

const report = (change: Partial<InvocationReport> = {}): InvocationReport => ({
  requestId: 'r-1',
  durationMs: 1.234,
  memorySizeMb: 512,
  maxMemoryUsedMb: 71,
  status: 'success',
  ...change,
});
const start = 'END RequestId: r-1\nREPORT RequestId: r-1\t';

describe('text records', () => {
  it.each<[string, Partial<InvocationReport>, string]>([
    [
      'a warm invocation',
      {},
      'Duration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB\tMax Memory Used: 71 MB\t\n',
    ],
    [
      'a cold one, whose init is billed',
      { initDurationMs: 123.45 },
      'Duration: 1.23 ms\tBilled Duration: 125 ms\tMemory Size: 512 MB\tMax Memory Used: 71 MB\tInit Duration: 123.45 ms\t\n',
    ],
    [
      'one that was killed at its timeout',
      { status: 'timeout', durationMs: 3000 },
      'Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 512 MB\tMax Memory Used: 71 MB\tStatus: timeout\n',
    ],
    [
      'one that ran out of memory',
      { status: 'error', errorType: 'Runtime.OutOfMemory', maxMemoryUsedMb: 600 },
      'Duration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB\tMax Memory Used: 512 MB\tStatus: error\tError Type: Runtime.OutOfMemory\n',
    ],
    [
      'one whose handler threw',
      { status: 'error' },
      'Duration: 1.23 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB\tMax Memory Used: 71 MB\t\n',
    ],
  ])('report %s', (_case, change, expected) => {
    expect(reportText(TEXT_LOGGING, report(change), AT_MS)).toBe(start + expected);
  });

  it('start init and an invocation', () => {
    expect(initStartText(TEXT_LOGGING, 'eu-west-1', AT_MS)).toBe(
      `INIT_START Runtime Version: nodejs:${process.versions.node}\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:local\n`,
    );
    expect(startText(TEXT_LOGGING, 'r-1', AT_MS)).toBe('START RequestId: r-1 Version: $LATEST\n');
  });

  it('report an init only if it failed', () => {
    const ended = { durationMs: 10_000, phase: 'init' } as const;
    expect(initReportText(TEXT_LOGGING, { ...ended, status: 'success' }, AT_MS)).toBe('');
    expect(initReportText(TEXT_LOGGING, { ...ended, status: 'timeout' }, AT_MS)).toBe(
      'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n',
    );
    const broken = {
      durationMs: 1.5,
      phase: 'invoke',
      status: 'error',
      errorType: 'Runtime.ExitError',
    } as const;
    expect(initReportText(TEXT_LOGGING, broken, AT_MS)).toBe(
      'INIT_REPORT Init Duration: 1.50 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\n',
    );
  });

  it('say what ended a process', () => {
    expect(timedOutText(TEXT_LOGGING, 'r-1', 3_000, AT_MS)).toBe(
      '2026-01-31T12:00:00.000Z r-1 Task timed out after 3.00 seconds\n\n',
    );
    expect(exitText(TEXT_LOGGING, 'r-1', 'exit status 1')).toBe(
      'RequestId: r-1 Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n',
    );
    expect(exitText(TEXT_LOGGING, undefined, '')).toBe(
      'Error: Runtime exited without providing a reason\nRuntime.ExitError\n',
    );
  });
});

describe('JSON records', () => {
  const types = (text: string) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { time: string; type: string; record: object });

  it('have the fields of the Telemetry API', () => {
    const [reported] = types(reportText(JSON_LOGGING, report({ initDurationMs: 123.4567 }), AT_MS));
    expect(reported).toEqual({
      time: '2026-01-31T12:00:00.000Z',
      type: 'platform.report',
      record: {
        requestId: 'r-1',
        status: 'success',
        metrics: {
          durationMs: 1.234,
          billedDurationMs: 125,
          memorySizeMB: 512,
          maxMemoryUsedMB: 71,
          initDurationMs: 123.457,
        },
      },
    });
    expect(types(startText(JSON_LOGGING, 'r-1', AT_MS))).toMatchObject([
      { type: 'platform.start', record: { requestId: 'r-1', version: '$LATEST' } },
    ]);
  });

  it.each<[FunctionLogging['systemLevel'], InvocationReport['status'], string[]]>([
    ['INFO', 'success', ['platform.start', 'platform.report']],
    ['INFO', 'timeout', ['platform.start', 'platform.runtimeDone', 'platform.report']],
    ['WARN', 'success', []],
    ['WARN', 'error', ['platform.runtimeDone', 'platform.report']],
    ['DEBUG', 'success', ['platform.start', 'platform.runtimeDone', 'platform.report']],
  ])('at %s of an invocation with %s are %j', (systemLevel, status, expected) => {
    const logging = { ...JSON_LOGGING, systemLevel };
    const text = startText(logging, 'r-1', AT_MS) + reportText(logging, report({ status }), AT_MS);
    expect(types(text).map(({ type }) => type)).toEqual(expected);
  });

  it('leave the text of a crash and of a timeout out', () => {
    expect(timedOutText(JSON_LOGGING, 'r-1', 3_000, AT_MS) + exitText(JSON_LOGGING, 'r-1', 'x')).toBe('');
  });
});
