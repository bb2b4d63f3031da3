import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDynoxide } from '../src/dynamodb/dynoxide.ts';
import { eventually } from './__fixtures__/processes.ts';
import { TABLES_TEMPLATE } from './__fixtures__/table-stage/start-proxy.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';
import { sumMetrics, type MetricQuestion } from './read-metrics.ts';

const CONNECTIONS = 6;

/** Engine, and what the process is called that is killed. */
const VICTIMS = [
  ['dynalite', 'dynalite-process'],
  ...(findDynoxide() === null
    ? []
    : [
        ['dynoxide', 'dynoxide serve'],
        ['dynoxide', 'engine-guard'],
      ]),
] as [string, string][];

/** Pid of a descendant of the stage by a part of its command line. */
function descendantOf(stagePid: number, command: string): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, text = '']) => ({ pid: Number(pid), parent: Number(parent), text }));
  const parentOf = (pid: number) => rows.find((row) => row.pid === pid)?.parent;
  const found = rows.find(
    ({ parent, text }) => text.includes(command) && (parent === stagePid || parentOf(parent) === stagePid),
  );
  if (!found) throw new Error(`found no ${command}, want one below ${stagePid}`);
  return found.pid;
}

interface Answer {
  readonly id: string;
  readonly status: number;
  readonly body: string;
  readonly sentAtMs: number;
}

/** Posts without a pause over several connections until told to stop. */
function postAllAlong({ baseUrl }: StageProcess) {
  const answers: Answer[] = [];
  let isOver = false;
  let sent = 0;
  const post = async (connection: number): Promise<void> => {
    for (let index = 0; !isOver; index += 1) {
      const id = `${connection}.${index}`;
      const sentAtMs = performance.now();
      sent += 1;
      const response = await fetch(baseUrl, { method: 'POST', body: id });
      answers.push({ id, status: response.status, body: await response.text(), sentAtMs });
    }
  };
  const done = Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => post(index)));
  return {
    answers,
    stored: () => answers.filter(({ status }) => status === 200),
    end: async (): Promise<number> => {
      isOver = true;
      await done;
      return sent;
    },
  };
}

async function storedIds({ awsEndpoint, region }: StageProcess): Promise<ReadonlySet<string>> {
  const client = new DynamoDBClient({
    endpoint: awsEndpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Tables-Entries' }));
  return new Set(Items.map(({ id }) => id?.S ?? ''));
}

/** What CloudWatch says of the function since the start. */
async function functionSums(stage: StageProcess): Promise<{ invocations: number; errors: number }> {
  const of = (metric: string): MetricQuestion => {
    const dimensions = { FunctionName: 'Tables-Writer' };
    return { namespace: 'AWS/Lambda', metric, dimensions, stat: 'Sum' };
  };
  const [invocations = NaN, errors = NaN] = await sumMetrics(stage, [of('Invocations'), of('Errors')]);
  return { invocations, errors };
}

describe.each(VICTIMS)('an engine %s whose process %s is killed under load', (engine, victim) => {
  it.each([
    ['without its entries', false],
    ['with its entries, given --data-dir', true],
  ])('comes back %s at the same port, and the stage serves on', async (_case, isKept) => {
    const directory = mkdtempSync(join(tmpdir(), 'engine-restart-'));
    const stage = await startStageProcess(
      `--template=${TABLES_TEMPLATE}`,
      `--engine=${engine}`,
      ...(isKept ? [`--data-dir=${directory}`] : []),
    );
    try {
      const load = postAllAlong(stage);
      await eventually(() => load.stored().length >= 50, 'entries are stored');
      process.kill(descendantOf(stage.process.pid ?? 0, victim), 'SIGKILL');
      await eventually(() => stage.output().includes('started again'), 'the engine is back');
      const backAtMs = performance.now();
      const stored = () => load.stored().filter(({ sentAtMs }) => sentAtMs > backAtMs);
      await eventually(() => stored().length >= 50, 'entries are stored again');
      const sent = await load.end();

      expect(load.answers).toHaveLength(sent);
      expect(await functionSums(stage)).toEqual({ invocations: sent, errors: 0 });
      const failed = load.answers.filter(({ status }) => status !== 200);
      const isConnectionError = ({ status, body }: Answer) => status === 503 && /ECONN|socket/i.test(body);
      expect(failed.filter((answer) => !isConnectionError(answer))).toEqual([]);
      expect(failed.length).toBeGreaterThan(0);
      const inTable = await storedIds(stage);
      expect((isKept ? load.stored() : stored()).filter(({ id }) => !inTable.has(id))).toEqual([]);
      expect(stage.output().match(/the DynamoDB engine .*/g)).toEqual([
        expect.stringMatching(
          isKept
            ? `the DynamoDB engine ${engine} ended: .*; started again, with its entries$`
            : `the DynamoDB engine ${engine} ended: .*; started again, its entries are lost \\(--data-dir keeps them\\)$`,
        ),
      ]);
    } finally {
      await stage.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
