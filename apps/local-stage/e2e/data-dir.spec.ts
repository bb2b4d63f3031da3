import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDynoxide } from '../src/dynamodb/dynoxide.ts';
import { TABLES_TEMPLATE } from './__fixtures__/table-stage/start-proxy.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const ENGINES = ['dynalite', ...(findDynoxide() === null ? [] : ['dynoxide'])];
const CONNECTIONS = 6;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'data-dir-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const start = (engine: string, folder = directory) =>
  startStageProcess(`--template=${TABLES_TEMPLATE}`, `--engine=${engine}`, `--data-dir=${folder}`);
/** A start that is refused: exit status and what it said beside what it does not play. */
const refused = (engine: string, folder = directory) => {
  const main = join(__dirname, '../src/main.ts');
  const args = [main, `--template=${TABLES_TEMPLATE}`, `--engine=${engine}`, `--data-dir=${folder}`];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('not played'));
  return { status, lines };
};

async function storedIds({ awsEndpoint, region }: StageProcess): Promise<readonly string[]> {
  const client = new DynamoDBClient({
    endpoint: awsEndpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Tables-Entries' }));
  return Items.map(({ id }) => id?.S ?? '');
}

/** Posts over several connections until they break; gives what was acknowledged. */
function postUntilBroken({ baseUrl }: StageProcess): {
  readonly acknowledged: string[];
  readonly done: Promise<unknown>;
} {
  const acknowledged: string[] = [];
  const post = async (connection: number): Promise<void> => {
    for (let index = 0; ; index += 1) {
      const id = `${connection}.${index}`;
      const answer = await fetch(baseUrl, { method: 'POST', body: id }).catch(() => null);
      if (answer === null) return;
      if (answer.status === 200) acknowledged.push(id);
    }
  };
  return { acknowledged, done: Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => post(index))) };
}

describe.each(ENGINES)('--data-dir with %s', (engine) => {
  it('keeps every acknowledged entry when the stage is killed in the midst of writing', async () => {
    const first = await start(engine);
    const { acknowledged, done } = postUntilBroken(first);
    while (acknowledged.length < 150) await sleep(5);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const second = await start(engine);
    await done;
    const stored = new Set(await storedIds(second));
    await second.stop();
    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  it('refuses a second stage on the same folder, and the first goes on', async () => {
    const first = await start(engine);
    try {
      expect(refused(engine)).toEqual({
        status: 1,
        lines: [expect.stringContaining(`--data-dir ${directory}: found it in use by another stage, want`)],
      });
      expect((await fetch(first.baseUrl, { method: 'POST', body: 'after' })).status).toBe(200);
      expect(await storedIds(first)).toEqual(['after']);
    } finally {
      await first.stop();
    }
  });
});

describe('a folder that can not be used', () => {
  it.each([
    ['the tables of dynoxide', 'engine.json', '{"engine":"dynoxide"}', 'found the tables of dynoxide'],
    ['a broken marker', 'engine.json', '{"engine":', 'found an engine.json that no stage wrote'],
    [
      'files of somebody else',
      'thesis.txt',
      'once upon a time',
      'found files that no stage made (thesis.txt)',
    ],
  ])('is refused with %s, and nothing in it is changed', (_case, file, content, found) => {
    writeFileSync(join(directory, file), content);
    const { status, lines } = refused('dynalite');
    expect([status, lines]).toEqual([1, [expect.stringContaining(`--data-dir ${directory}: ${found}`)]]);
    expect(lines[0]).toMatch(/want .*; choose /);
    expect(readdirSync(directory).filter((name) => !name.startsWith('lock'))).toEqual([file]);
  });

  it('is refused when it is a file', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const { status, lines } = refused('dynalite', file);
    expect([status, lines]).toEqual([1, [expect.stringMatching(/found EEXIST.*want a folder to write to/)]]);
  });

  it.each(ENGINES)('is refused with %s at once when it can not be made', (engine) => {
    const { status, lines } = refused(engine, '/proc/spillway/data');
    expect([status, lines]).toEqual([
      1,
      [
        expect.stringMatching(
          /--data-dir \/proc\/spillway\/data: found E.*want a folder to write to; choose/,
        ),
      ],
    ]);
  });

  it.each(ENGINES)('is refused when the tables of %s in it are broken', (engine) => {
    writeFileSync(join(directory, 'engine.json'), JSON.stringify({ engine }));
    const noise = 'garbage'.repeat(2_000);
    mkdirSync(join(directory, 'dynalite'));
    writeFileSync(join(directory, 'dynalite/CURRENT'), noise);
    writeFileSync(join(directory, 'dynoxide.sqlite'), noise);
    const { status, lines } = refused(engine);
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/--data-dir .*: its engine does not start on it.*choose another/),
    ]);
  });

  it('is not taken beside an endpoint from outside', () => {
    const main = join(__dirname, '../src/main.ts');
    const args = [main, `--data-dir=${directory}`, '--dynamodb-endpoint=http://127.0.0.1:1'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/--data-dir.*cannot be used with.*--dynamodb-endpoint/),
    ]);
  });
});
