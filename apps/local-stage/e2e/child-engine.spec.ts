import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildEngine } from '../src/dynamodb/child-engine.ts';
import type { EngineProcessStart } from '../src/dynamodb/engine-process-start.ts';
import { eventually, isAlive } from './__fixtures__/processes.ts';

const DYING = new URL('./__fixtures__/dying-engine.ts', import.meta.url);
const GUARD = new URL('../src/dynamodb/engine-guard.ts', import.meta.url);

describe('startChildEngine', () => {
  it('says once why an engine ended that nobody stopped', async () => {
    const engine = await startChildEngine('dynalite', DYING, ['listens']);
    const reasons: string[] = [];
    engine.onUnexpectedExit((reason) => reasons.push(reason));
    await expect(fetch(engine.endpoint)).rejects.toThrow();
    await eventually(() => reasons.length > 0, 'the end is reported');
    await engine.stop();
    expect(reasons).toEqual(['dynalite ended by exit status 3: out of luck']);
  });

  it('tells a listener that comes late', async () => {
    const engine = await startChildEngine('dynalite', DYING, ['listens']);
    await expect(fetch(engine.endpoint)).rejects.toThrow();
    await new Promise<string>((resolve) => engine.onUnexpectedExit(resolve));
    await engine.stop();
  });

  it('says nothing of an engine that was stopped', async () => {
    const engine = await startChildEngine('dynalite', DYING, ['listens']);
    const reasons: string[] = [];
    engine.onUnexpectedExit((reason) => reasons.push(reason));
    await engine.stop();
    await engine.stop();
    expect(reasons).toEqual([]);
  });

  it.each([
    ['fails', 'no room on the disk'],
    ['ends', 'something is wrong'],
  ])('refuses an engine that %s before it listens, with what it said', async (behaviour, said) => {
    await expect(startChildEngine('dynalite', DYING, [behaviour])).rejects.toMatchObject({
      code: 'ENGINE_NOT_STARTED',
      message: expect.stringContaining(said),
    });
  });
});

describe('the guard of an engine binary', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'engine-guard-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A binary as the guard sees it; finds its folder in `$here`. */
  const binary = (script: string) => {
    const path = join(directory, 'binary');
    writeFileSync(path, `#!/bin/sh\nhere=$(dirname "$0")\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  /** Starts it as the stage does; on any free port unless told. */
  const startGuard = (path: string, more: Partial<EngineProcessStart> = {}) =>
    startChildEngine('dynoxide', GUARD, [JSON.stringify({ port: 0, binary: path, ...more })]);
  const pid = () => Number(readFileSync(join(directory, 'pid'), 'utf8'));
  const LISTENS = 'echo $$ > "$here/pid"; echo "$@" > "$here/arguments"; echo listening on; exec sleep 600';

  it('starts it on a port of 127.0.0.1 with its database, and ends it when the engine is stopped', async () => {
    const engine = await startGuard(binary(LISTENS), { dataDirectory: join(directory, 'data') });
    const { port } = new URL(engine.endpoint);
    await eventually(() => existsSync(join(directory, 'arguments')), 'it runs');
    expect(readFileSync(join(directory, 'arguments'), 'utf8')).toBe(
      `serve --host 127.0.0.1 --port ${port} --db-path ${directory}/data/dynoxide.sqlite\n`,
    );
    await engine.stop();
    expect(isAlive(pid())).toBe(false);
  });

  it('kills one that does not end by itself', async () => {
    const stubborn = `trap '' TERM; ${LISTENS}`;
    const engine = await startGuard(binary(stubborn));
    await engine.stop();
    expect(isAlive(pid())).toBe(false);
  });

  it('tries another port when somebody was quicker', async () => {
    const loses =
      '[ -e "$here/lost" ] || { touch "$here/lost"; echo "port 1 is already in use" >&2; exit 1; }';
    const engine = await startGuard(binary(`${loses}\n${LISTENS}`));
    expect(isAlive(pid())).toBe(true);
    await engine.stop();
  });

  it('insists on the port that it is told', async () => {
    const first = await startGuard(binary(LISTENS));
    const port = Number(new URL(first.endpoint).port);
    await first.stop();
    const again = await startGuard(binary(LISTENS), { port });
    expect(again.endpoint).toBe(first.endpoint);
    await again.stop();
  });

  it.each([
    ['says why it can not', () => binary('echo "database is locked" >&2; exit 2'), 'database is locked'],
    ['is not there', () => join(directory, 'nothing'), 'ENOENT'],
  ])('gives up on a binary that %s', async (_case, path, said) => {
    await expect(startGuard(path())).rejects.toMatchObject({
      code: 'ENGINE_NOT_STARTED',
      message: expect.stringContaining(said),
    });
  });

  it('reports the end of the binary', async () => {
    const engine = await startGuard(binary(LISTENS));
    const reason = new Promise<string>((resolve) => engine.onUnexpectedExit(resolve));
    process.kill(pid(), 'SIGKILL');
    expect(await reason).toContain('ended by SIGKILL');
    await engine.stop();
  });
});
