import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findOnPath } from '../process/find-on-path.ts';

/** Which CPU is whose; null where processes can't be bound to one. */
export interface Cores {
  readonly generator: number;
  /** The server's, and that of the process that measures, which sleeps meanwhile. */
  readonly server: number;
}

/** The last CPU for the generator, since systems put what they do themselves on the first ones. */
export function chooseCores(allowed: readonly number[]): Cores | null {
  const [server, generator] = [allowed[0], allowed.at(-1)];
  return server === undefined || generator === undefined || server === generator
    ? null
    : { generator, server };
}

/** `0-2,8` → 0, 1, 2, 8: a list as the kernel prints it. */
export function parseCpuList(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [from = '', to = from] = part.trim().split('-');
    if (!/^\d+$/.test(from) || !/^\d+$/.test(to)) return [];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i);
  });
}

/** Binds this process, and so all it starts, to the server's core; null where there is no `taskset` or one CPU only. */
export function bindCores(): Cores | null {
  const cores = findOnPath('taskset') === null ? null : chooseCores(allowedCpus());
  if (cores === null) return null;
  const args = ['--all-tasks', '--cpu-list', '--pid', String(cores.server), String(process.pid)];
  return spawnSync('taskset', args, { stdio: 'ignore' }).status === 0 ? cores : null;
}

/** Command before a generator: it gets a core to itself. */
export function onGeneratorCore(cores: Cores | null): readonly string[] {
  return cores === null ? [] : ['taskset', '--cpu-list', String(cores.generator)];
}

/** For the heading: without it figures of another run can't be told from these. */
export function describeCores(cores: Cores | null): string {
  return cores === null
    ? 'not bound to cores (no taskset, or one CPU): generator and server share what there is'
    : `the generator alone on CPU ${cores.generator}, the server on CPU ${cores.server}`;
}

function allowedCpus(): readonly number[] {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return parseCpuList(/^Cpus_allowed_list:\s+(.*)$/m.exec(status)?.[1] ?? '');
  } catch {
    return [];
  }
}
