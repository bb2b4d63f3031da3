import { readdirSync, readFileSync } from 'node:fs';
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

/** Pids of all that descend from a process; Linux alone tells. */
export function descendants(root: number): readonly number[] {
  const children = pids().filter((pid) => statOf(pid)?.parent === root);
  return children.flatMap((pid) => [pid, ...descendants(pid)]);
}

/** States as the kernel has them, such as `S` asleep or `T` stopped. */
export function statesOf(processes: readonly number[]): readonly string[] {
  return processes.flatMap((pid) => statOf(pid)?.state ?? []);
}

function pids(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | null {
  try {
    // The command's name stands in brackets and may hold anything, blanks and brackets included.
    const [state = '', parent] =
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}
