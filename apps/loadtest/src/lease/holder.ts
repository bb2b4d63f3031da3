import { hostname } from 'node:os';
import type { Lease } from './lease.ts';

/** Host and id of this process, as a lease names it. */
export function thisProcess(): string {
  return `${hostname()}:${process.pid}`;
}

/**
 * Whether somebody may still be at it: the lease has not run out, and its process is not known to be gone. Only a process
 * of this host can be known to be.
 */
export function isHeld(
  { untilMs, process: holder }: Pick<Lease, 'untilMs' | 'process'>,
  nowMs: number,
  host = hostname(),
  isAlive = isProcessAlive,
): boolean {
  if (untilMs <= nowMs) return false;
  const [, name, pid] = /^(.*):(\d+)$/.exec(holder) ?? [];
  return name !== host || isAlive(Number(pid));
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, and so alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
