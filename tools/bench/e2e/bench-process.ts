import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command of this project, as a process of its own. */
export interface BenchProcess {
  readonly child: ChildProcess;
  /** All that it printed so far. */
  printed(): string;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

export function startBench(bin: string, ...args: readonly string[]): BenchProcess {
  return startBenchWith({}, bin, ...args);
}

/** The same with other environment variables beside those of this process. */
export function startBenchWith(
  variables: NodeJS.ProcessEnv,
  bin: string,
  ...args: readonly string[]
): BenchProcess {
  const child = spawn(process.execPath, [join(__dirname, '../bin', bin), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  return { child, printed: () => printed, ended };
}

/** Cells of the row that starts with this name, in the table whose title starts so. */
export function rowOf(printed: string, title: string, name: string): readonly string[] {
  const table = printed.split('\n\n').find((text) => text.trimStart().startsWith(title));
  const row = table?.split('\n').find((line) => line.trimStart().startsWith(`${name}  `));
  if (row === undefined) throw new Error(`found no row ${name} under ${title} in: ${printed}`);
  return row.trim().split(/ {2,}/);
}

/** Pids of all that descend from a process. */
export function descendants(root: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until it holds; gives up long after it should. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const giveUpAtMs = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > giveUpAtMs) throw new Error(`never came true: ${what}`);
    await sleep(20);
  }
}
