import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, isAlive } from './__fixtures__/processes.ts';
import { startPool } from './__fixtures__/start-pool.ts';

/** Of processes that Linux can tell about: T where it is stopped. */
const stateOf = (pid: number) => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
const frozen = (pid: number) => eventually(() => stateOf(pid) === 'T', 'the environment is frozen');
// Elsewhere nothing tells whether a process is stopped; the code stops it there all the same, but not on Windows.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('an environment that waits for work', () => {
  let directory: string;
  let opened: ReturnType<typeof startPool> | null = null;
  const open: typeof startPool = (change, policy) =>
    (opened = startPool({ logFile: join(directory, 'log'), ...change }, { maxEnvironments: 1, ...policy }));
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'frozen-'));
  });
  afterEach(async () => {
    await opened?.pool.close();
    rmSync(directory, { recursive: true });
  });

  it('is frozen: a timer that was left runs during the next invocation', async () => {
    const { call } = open();
    const timerFile = join(directory, 'timers');
    const pid = (await call({ fault: 'leaves a timer', ms: 200, timerFile })) as number;
    await frozen(pid);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(existsSync(timerFile)).toBe(false);
    expect(await call({ fault: 'sleeps', ms: 50 })).toBe(pid);
    expect(readFileSync(timerFile, 'utf8')).toBe('timer\n');
  });

  it('fails the next invocation by what an earlier one left, and no other', async () => {
    const { invoke, call } = open();
    const pid = (await call({ fault: 'rejects after answering', ms: 200 })) as number;
    await frozen(pid);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAlive(pid)).toBe(true);
    expect(await invoke({ fault: 'sleeps', ms: 5_000 })).toEqual({
      kind: 'crashed',
      reason: 'Runtime.UnhandledPromiseRejection: too late',
    });
    expect(await call()).not.toBe(pid);
    const log = readFileSync(join(directory, 'log'), 'utf8');
    expect(log.match(/^(START|END|REPORT) RequestId: \S+/gm)).toHaveLength(9);
    expect(log).toMatch(/^START RequestId: request-2 /m);
    expect(log).toMatch(/^REPORT RequestId: request-2\t.*Error Type: Runtime.ExitError$/m);
  });

  it('is frozen before its first invocation too, and ends when the pool closes', async () => {
    const { pool, call } = open();
    await eventually(() => pool.stats().idle === 1, 'a spare is idle');
    const pid = (await call()) as number;
    await frozen(pid);
    await pool.close();
    expect(isAlive(pid)).toBe(false);
  });
});
