import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const MB = 1024 * 1024;

/** Of the auxiliary vector that Linux hands to a process: the key of the page size. */
const AT_PAGESZ = 6n;

const scratch = Buffer.alloc(256);
let pageBytes: number | null = null;

/**
 * Memory that a process holds for itself: resident, without the pages that are a file's, such as Node's executable
 * (about 45 MB, one copy of which serves all environments).
 * @returns MB, or `null` where Linux's /proc has no such process
 */
export function privateMemoryMb(pid: number): number | null {
  try {
    const file = openSync(`/proc/${pid}/statm`, 'r');
    const length = readSync(file, scratch, 0, scratch.length, 0);
    closeSync(file);
    const [, residentPages, filePages] = scratch.toString('latin1', 0, length).split(' ');
    pageBytes ??= readPageBytes();
    return ((Number(residentPages) - Number(filePages)) * pageBytes) / MB;
  } catch {
    return null;
  }
}

/**
 * The most memory that a process has ever had resident. Not `resourceUsage().maxRSS`: that begins with the peak of
 * the process which started it.
 * @returns whole MB, or `null` where Linux's /proc has no such process
 */
export function peakMemoryMb(pid: number | 'self'): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

function readPageBytes(): number {
  const vector = readFileSync('/proc/self/auxv');
  for (let offset = 0; offset + 16 <= vector.length; offset += 16) {
    if (vector.readBigUInt64LE(offset) === AT_PAGESZ) return Number(vector.readBigUInt64LE(offset + 8));
  }
  return 4096;
}
