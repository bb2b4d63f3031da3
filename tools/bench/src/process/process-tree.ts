import { readdirSync, readFileSync } from 'node:fs';
import { parseKilobytes, parseStat, treeOf, type ProcessStat } from './proc-stat.ts';

/** USER_HZ, by which `/proc` counts CPU time; fixed at 100 on Linux for every architecture Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU time that a process and its descendants have used so far, ms; 0 where there is no /proc. */
export function treeCpuMs(root: number): number {
  const ticks = treeOf(root, allProcesses()).reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

/**
 * CPU time of this process's children that have ended, with all that descended from them, from start to end, ms; null
 * where there is no /proc. What two readings differ by is exactly what ended in between.
 */
export function endedChildrenCpuMs(): number | null {
  const ticks = parseStat(readProc(`${process.pid}/stat`))?.endedChildrenTicks;
  return ticks === undefined ? null : (ticks * 1000) / TICKS_PER_SECOND;
}

/**
 * Resident memory of a process and its descendants, bytes. Each page is counted once (PSS); where only the resident
 * set can be read, shared pages count in every process that maps them.
 */
export function treeMemoryBytes(root: number): number {
  return treeOf(root, allProcesses()).reduce((sum, { pid }) => sum + memoryBytes(pid), 0);
}

/** Resident memory of one process, bytes: PSS, or else the resident set. 0 once it is gone. */
export function memoryBytes(pid: number): number {
  const pss = parseKilobytes(readProc(`${pid}/smaps_rollup`), 'Pss');
  return pss ?? residentBytes(pid);
}

/** Resident set of one process, bytes; pages that others share count in full. 0 once it is gone. */
export function residentBytes(pid: number): number {
  return parseKilobytes(readProc(`${pid}/status`), 'VmRSS') ?? 0;
}

/** Pids of a process's descendants. */
export function descendantsOf(root: number): readonly number[] {
  return treeOf(root, allProcesses())
    .map(({ pid }) => pid)
    .filter((pid) => pid !== root);
}

function allProcesses(): readonly ProcessStat[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => parseStat(readProc(`${pid}/stat`)))
      .filter((stat) => stat !== null);
  } catch {
    return [];
  }
}

function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    // It ended between the listing and this, or is not ours to read.
    return '';
  }
}
