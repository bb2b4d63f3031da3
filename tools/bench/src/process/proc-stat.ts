/** What `/proc/<pid>/stat` says of one process. */
export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  /** Used by it and by those of its children that have ended and been waited for; user and system, clock ticks. */
  readonly cpuTicks: number;
  /** Of these, those of its children that have ended, with theirs. */
  readonly endedChildrenTicks: number;
}

/**
 * Parses the line. A command's name may hold blanks and brackets, so the fields are counted from the last bracket.
 * @returns null for a line that is none
 */
export function parseStat(line: string): ProcessStat | null {
  const end = line.lastIndexOf(')');
  const pid = Number.parseInt(line, 10);
  // From field 3, state, on; proc(5) counts from 1.
  const fields = line.slice(end + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  const endedChildrenTicks = field(16) + field(17);
  const cpuTicks = field(14) + field(15) + endedChildrenTicks;
  const parentPid = field(4);
  if (end < 0 || !Number.isInteger(pid) || !Number.isInteger(parentPid) || !Number.isInteger(cpuTicks))
    return null;
  return { pid, parentPid, cpuTicks, endedChildrenTicks };
}

/** Those that descend from `root`, and itself. Order as given. */
export function treeOf(root: number, processes: readonly ProcessStat[]): readonly ProcessStat[] {
  const inTree = new Set([root]);
  let before = 0;
  while (inTree.size > before) {
    before = inTree.size;
    for (const { pid, parentPid } of processes) if (inTree.has(parentPid)) inTree.add(pid);
  }
  return processes.filter(({ pid }) => inTree.has(pid));
}

/** A figure of `/proc/<pid>/smaps_rollup` or `status`, bytes; null where there is none. */
export function parseKilobytes(text: string, name: 'Pss' | 'VmRSS'): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
  return found ? Number(found[1]) * 1024 : null;
}
