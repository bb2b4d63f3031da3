import type { Stall } from '@spillway/capacity';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

describe('HostStallWatch', () => {
  it('records the span in which nothing ran', async () => {
    const watcher = fork(path.join(__dirname, 'stall-watcher.ts'), { execArgv: [] });
    await once(watcher, 'message');
    // To a process, being stopped is what a stall of its host is: no thread runs, and none waits for a core.
    watcher.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 400));
    watcher.kill('SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 100));
    watcher.send('stop');
    const [{ stalls }] = (await once(watcher, 'message')) as [{ stalls: Stall[] }];
    const lengths = stalls.map(({ startMs, endMs }) => endMs - startMs);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(300);
    expect(stalls.every(({ startMs }) => startMs > -1000)).toBe(true);
  });
});
