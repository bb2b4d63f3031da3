import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, isAlive } from './__fixtures__/processes.ts';

const OWNER = fileURLToPath(new URL('./__fixtures__/owner.ts', import.meta.url));

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

describe('a local stage killed with SIGKILL', () => {
  it('leaves no execution environment, not even one in a loop, and no engine listening', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'orphans-'));
    const pidFile = join(directory, 'pids');
    const owner = fork(OWNER, [pidFile], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [endpoints] = (await once(owner, 'message')) as [string[]];
    const pidsSoFar = () => readFileSync(pidFile, 'utf8').trim().split('\n').map(Number);
    await eventually(() => pidsSoFar().length === 5, 'both handlers run');
    const pids = [...new Set(pidsSoFar())];
    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect(pids.every(isAlive)).toBe(true);
    expect(await Promise.all(endpoints.map(answers))).not.toContain(false);

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    await eventually(() => !pids.some(isAlive), 'no execution environment is left');
    for (const endpoint of endpoints) {
      await eventually(async () => !(await answers(endpoint)), `nothing listens at ${endpoint}`);
    }
    rmSync(directory, { recursive: true });
  });
});
