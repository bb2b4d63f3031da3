import { setTimeout as sleep } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until it holds; gives up long after it should. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const giveUpAtMs = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAtMs) throw new Error(`never came true: ${what}`);
    await sleep(10);
  }
}
