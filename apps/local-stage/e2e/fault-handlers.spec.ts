import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStageProcess, type StageProcess } from './stage-process.ts';
import { readMetrics } from './read-metrics.ts';

const TEMPLATE = join(__dirname, '__fixtures__/fault-stage/Faults.template.json');
const FUNCTION = 'Faults-Function';

let stage: StageProcess;
let logDirectory: string;

beforeAll(async () => {
  logDirectory = mkdtempSync(join(tmpdir(), 'fault-handlers-'));
  stage = await startStageProcess(
    `--template=${TEMPLATE}`,
    '--engine=dynalite',
    '--max-environments=2',
    `--log-dir=${logDirectory}`,
  );
});
afterAll(async () => {
  await stage.stop();
  rmSync(logDirectory, { recursive: true });
});

const call = async (path: string): Promise<number> => {
  const response = await fetch(`${stage.baseUrl}${path}`);
  await response.arrayBuffer();
  return response.status;
};
const log = (): string => readFileSync(join(logDirectory, `${FUNCTION}.log`), 'utf8');

/** Sum over all seconds since the start, or the greatest value. */
async function metric(
  name: string,
  stat: 'Sum' | 'Maximum' = 'Sum',
  namespace = 'AWS/Lambda',
  dimensions: Readonly<Record<string, string>> = { FunctionName: FUNCTION },
): Promise<number> {
  const [values = []] = await readMetrics(stage, [{ namespace, metric: name, dimensions, stat }]);
  return stat === 'Sum' ? values.reduce((a, b) => a + b, 0) : Math.max(...values);
}

describe('a handler that', () => {
  it.each<[string, number, number, RegExp]>([
    ['/exits', 502, 1, /Error: Runtime exited with error: exit status 3\nRuntime\.ExitError\n/],
    ['/throws', 502, 1, /\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"on purpose"/],
    ['/fills-its-heap', 502, 1, /Status: error\tError Type: Runtime\.(OutOfMemory|ExitError)\n/],
    ['/fills-buffers', 502, 1, /Max Memory Used: 128 MB\tStatus: error\tError Type: Runtime\.OutOfMemory\n/],
    ['/spins', 502, 1, /Task timed out after 2\.00 seconds\n\nEND .*\nREPORT .*\tStatus: timeout\n/],
    ['/answers-7-mb', 502, 1, /Function\.ResponseSizeTooLarge/],
    ['/answers-nothing', 502, 0, /REPORT /],
    ['/rejects-outside', 502, 1, /\tERROR\tUnhandled Promise Rejection \t\{/],
  ])('%s is answered %d, and nobody else is hurt', async (path, status, errors, logged) => {
    const [invocationsBefore, errorsBefore, logBefore] = [
      await metric('Invocations'),
      await metric('Errors'),
      log(),
    ];
    const bystander = call('/fine');
    expect(await call(path)).toBe(status);
    expect(await bystander).toBe(200);
    // Both environments serve again, so no slot was lost: neither the machine's nor Lambda's.
    expect(await Promise.all(['/fine', '/fine', '/fine'].map(call))).toEqual([200, 200, 200]);
    expect((await metric('Invocations')) - invocationsBefore).toBe(5);
    expect((await metric('Errors')) - errorsBefore).toBe(errors);
    expect(log().slice(logBefore.length)).toMatch(logged);
  });

  it('throws after it has answered fails the next invocation, since it is frozen until then', async () => {
    const errorsBefore = await metric('Errors');
    expect(await call('/throws-after-answering')).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 600));
    // In both environments, whichever it was.
    const statuses = await Promise.all(['/waits', '/waits'].map(call));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 502]);
    expect(await call('/fine')).toBe(200);
    expect((await metric('Errors')) - errorsBefore).toBe(1);
  });

  it('prints metrics is found in CloudWatch, under every set of dimensions', async () => {
    expect(await call('/prints')).toBe(200);
    expect(await metric('Printed', 'Sum', 'Faults', { service: 'faults' })).toBe(3);
    expect(await metric('Printed', 'Maximum', 'Faults', {})).toBe(2);
    expect(log()).toMatch(/Z\t[0-9a-f-]{36}\tINFO\tsaid so\n\{"_aws"/);
  });
});

describe('after all of these', () => {
  it('no concurrency is left in use: a burst finds every slot', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => call('/fine')));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await metric('Throttles')).toBe(0);
    expect(await metric('ConcurrentExecutions', 'Maximum')).toBeLessThanOrEqual(20);
  });

  it('the terminal has told of the first invocation that failed', () => {
    const lines = stage.output().match(/^function Faults-Function failed: .*$/gm);
    expect(lines).toEqual([
      `function ${FUNCTION} failed: Runtime.ExitError: exit status 3; see ${join(logDirectory, `${FUNCTION}.log`)}`,
    ]);
  });

  it('the log has one report for each invocation', async () => {
    const count = (pattern: RegExp): number => log().match(pattern)?.length ?? 0;
    const invocations = await metric('Invocations');
    expect(count(/^START RequestId: /gm)).toBe(invocations);
    expect(count(/^END RequestId: /gm)).toBe(invocations);
    expect(count(/^REPORT RequestId: .*\tMemory Size: 128 MB\tMax Memory Used: \d+ MB/gm)).toBe(invocations);
  });
});
