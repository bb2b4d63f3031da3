import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../src/lambda/function-definition.ts';
import { eventually } from './__fixtures__/processes.ts';
import { startPool } from './__fixtures__/start-pool.ts';

let directory: string;
let opened: ReturnType<typeof startPool> | null = null;
const logFile = () => join(directory, 'function.log');
const log = () => readFileSync(logFile(), 'utf8');
const open = (change: Partial<FunctionDefinition> = {}, policy: Parameters<typeof startPool>[1] = {}) =>
  (opened = startPool({ logFile: logFile(), ...change }, { maxEnvironments: 1, ...policy }));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'function-log-'));
});
afterEach(async () => {
  await opened?.pool.close();
  rmSync(directory, { recursive: true });
});

/** Without what differs from run to run. */
const settled = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\b\d+\.\d\d ms/g, '<ms>')
    .replaceAll(/(Billed Duration: |Max Memory Used: )\d+/g, '$1<n>')
    .replaceAll(/nodejs:\S+/g, 'nodejs:<version>')
    .split('\n');

const report = (requestId: string, more = '\t') =>
  `REPORT RequestId: ${requestId}\tDuration: <ms>\tBilled Duration: <n> ms\tMemory Size: 256 MB\tMax Memory Used: <n> MB${more}`;

describe('the log of a function', () => {
  it("has Lambda's records, and what is printed between them", async () => {
    const { call, invoke } = open();
    await call({ fault: 'prints' });
    await invoke({ fault: 'throws a string' });
    expect(settled(log())).toEqual([
      'INIT_START Runtime Version: nodejs:<version>\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:local',
      'START RequestId: request-1 Version: $LATEST',
      '<time>\trequest-1\tTRACE\tone',
      '<time>\trequest-1\tDEBUG\ttwo',
      '<time>\trequest-1\tINFO\tthree { a: 1 }',
      '<time>\trequest-1\tINFO\tfour',
      '<time>\trequest-1\tWARN\tfive',
      '<time>\trequest-1\tERROR\tsix',
      '{"level":"INFO","message":"as it is"}',
      'without its line end',
      'END RequestId: request-1',
      report('request-1', '\tInit Duration: <ms>\t'),
      'START RequestId: request-2 Version: $LATEST',
      expect.stringMatching(
        /^<time>\trequest-2\tERROR\tInvoke Error \t\{"errorType":"Error","errorMessage":"just text"/,
      ),
      'END RequestId: request-2',
      report('request-2'),
      '',
    ]);
  });

  it('is JSON where the function says so, from its level on', async () => {
    const { call } = open({ logging: { format: 'JSON', applicationLevel: 'WARN', systemLevel: 'INFO' } });
    await call({ fault: 'prints' });
    const records = log()
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toMatchObject([
      { type: 'platform.start', record: { requestId: 'request-1', version: '$LATEST' } },
      { timestamp: expect.any(String), level: 'WARN', requestId: 'request-1', message: 'five' },
      { level: 'ERROR', message: 'six' },
      { level: 'INFO', message: 'as it is' },
      {
        type: 'platform.report',
        record: {
          requestId: 'request-1',
          status: 'success',
          metrics: { memorySizeMB: 256, initDurationMs: expect.any(Number) },
        },
      },
    ]);
  });

  it.each([
    [
      'broken.handler',
      'Runtime.Unknown',
      [expect.stringMatching(/^<time>\tundefined\tERROR\tUncaught Exception \t\{"errorType":"TypeError"/)],
      [],
      [],
    ],
    [
      'exits-at-load.handler',
      'Runtime.ExitError',
      [],
      ['Error: Runtime exited with error: exit status 7', 'Runtime.ExitError'],
      ['RequestId: request-1 Error: Runtime exited with error: exit status 7', 'Runtime.ExitError'],
    ],
  ])('has both attempts of the init of %s', async (handler, errorType, before, after, inside) => {
    await open({ handler }, { spares: 0 }).invoke();
    const failed = (phase: string) =>
      `INIT_REPORT Init Duration: <ms>\tPhase: ${phase}\tStatus: error\tError Type: ${errorType}`;
    expect(settled(log()).slice(1)).toEqual([
      ...before,
      failed('init'),
      ...after,
      ...before,
      failed('invoke'),
      ...after,
      'START RequestId: request-1 Version: $LATEST',
      ...inside,
      'END RequestId: request-1',
      report('request-1', `\tStatus: error\tError Type: ${errorType}`),
      '',
    ]);
  });

  it('counts an init inside an invocation into its duration', async () => {
    const marker = join(directory, 'tried');
    await open({ handler: 'loads-second.handler', environment: { MARKER: marker } }, { spares: 0 }).call();
    expect(log()).toContain('\tPhase: init\tStatus: error\t');
    const [, durationMs] = /\tDuration: ([\d.]+) ms/.exec(log()) ?? [];
    // The handler does nothing, a start of Node takes longer than this.
    expect(Number(durationMs)).toBeGreaterThan(10);
    expect(/^REPORT .*Init Duration/m.test(log())).toBe(false);
  });

  it('says when init takes longer than it may', async () => {
    await open({ handler: 'never-loads.handler', timeoutMs: 100 }, { spares: 0, initLimitMs: 50 }).invoke();
    expect(settled(log()).slice(1)).toEqual([
      'INIT_REPORT Init Duration: <ms>\tPhase: init\tStatus: timeout',
      'INIT_REPORT Init Duration: <ms>\tPhase: invoke\tStatus: timeout',
      'START RequestId: request-1 Version: $LATEST',
      '<time> request-1 Task timed out after 0.10 seconds',
      '',
      'END RequestId: request-1',
      report('request-1', '\tStatus: timeout'),
      '',
    ]);
  });

  it('has no crash of an invocation that the end of the stage cuts off', async () => {
    const { pool, invoke } = open();
    const running = invoke({ fault: 'sleeps', ms: 60_000 });
    await eventually(() => log().includes('START RequestId: request-1'), 'the handler runs');
    await pool.close();
    expect(await running).toMatchObject({ kind: 'crashed' });
    expect(settled(log()).slice(1)).toEqual(['START RequestId: request-1 Version: $LATEST', '']);
  });

  it('has whole lines only, however many environments write', async () => {
    const { call } = open({}, { maxEnvironments: 3 });
    await Promise.all(Array.from({ length: 60 }, () => call({ fault: 'prints in pieces', bytes: 2_000 })));
    const lines = log().trimEnd().split('\n');
    const printed = lines.filter((line) => line.startsWith('piece'));
    expect(printed).toHaveLength(60);
    expect(new Set(printed.map((line) => line.length))).toEqual(new Set([4_010]));
    const other = /^(INIT_START|START|END|REPORT) |^piece/;
    expect(lines.filter((line) => !other.test(line))).toEqual([]);
  });
});
