import { MANY_CONNECTIONS } from './bench-plan.ts';
import type { Contestant } from './contestants/contestant.ts';
import { spillway } from './contestants/spillway.ts';
import type { Audit } from './engine/audit.ts';
import { withContestant, type BenchSetting, type Started } from './measure-contestant.ts';
import { freePort } from './process/free-port.ts';
import { liveHeapBytes } from './process/live-heap.ts';
import { descendantsOf, residentBytes } from './process/process-tree.ts';

/** Windows that a run is cut into, and how many of them only warm up: compilers, heaps, connections, environments. */
export const WINDOWS = 10;
export const WARM_UP_WINDOWS = 2;

/** Reading it costs a few files; often enough to meet the floor between two collections. */
const SAMPLE_MS = 100;

/** More than any machine needs for a window, ms: the number of requests ends it. */
const WINDOW_LIMIT_MS = 3_600_000;

/** Memory around one window of requests. */
export interface MemoryWindow {
  /** Requests sent up to its end. */
  readonly requests: number;
  /** What the stage's process holds after a full collection at its end, bytes. */
  readonly liveHeapBytes: number;
  /** Least resident memory of the stage's process seen meanwhile, bytes. */
  readonly mainBytes: number;
  /** The same of all that it started, execution environments above all. */
  readonly environmentsBytes: number;
  readonly processes: number;
  readonly perSecond: number;
}

export interface MemoryOutcome {
  readonly windows: readonly MemoryWindow[];
  readonly sent: number;
  readonly served: number;
  readonly endings: Readonly<Record<string, number>>;
  /** Answers whose `x-amzn-RequestId` another answer had too. */
  readonly repeatedRequestIds: number;
  readonly audit: Audit;
}

/**
 * Sends `requests` through the local stage on 32 connections, and looks at its memory.
 * - After each window its process collects all garbage (over the inspector) and says what is left. That is what a leak
 *   raises, and it repeats; resident memory goes up and down by a fifth with V8's own policy.
 * - Meanwhile the resident set is read, of it and of its environments, and the least of each window kept. Not PSS: that
 *   of one process changes whenever another that shares Node's code comes or goes.
 * The engine is left out, since it keeps every entry.
 * @param report takes a line after each window
 */
export async function runMemory(
  requests: number,
  setting: Omit<BenchSetting, 'plan'>,
  report: (window: MemoryWindow) => void,
): Promise<MemoryOutcome> {
  const inspectPort = await freePort();
  const inspected: Contestant = {
    ...spillway,
    async command(place) {
      const command = await spillway.command(place);
      return { ...command, args: [`--inspect=127.0.0.1:${inspectPort}`, ...command.args] };
    },
  };
  return withContestant(inspected, setting, async (started) => {
    const windows: MemoryWindow[] = [];
    const endings: Record<string, number> = {};
    let [sent, served, repeatedRequestIds] = [0, 0, 0];
    for (let index = 1; index <= WINDOWS; index += 1) {
      const size = Math.round((requests * index) / WINDOWS) - sent;
      const floors = watchFloors(started);
      const { tally, figures } = await started.measured.run({
        kind: 'closed',
        url: started.command.url,
        connections: MANY_CONNECTIONS,
        durationMs: WINDOW_LIMIT_MS,
        requests: size,
      });
      sent += tally.sent;
      served += tally.served;
      repeatedRequestIds += tally.repeatedRequestIds;
      for (const [ending, count] of Object.entries(tally.endings))
        endings[ending] = (endings[ending] ?? 0) + count;
      const window = {
        requests: sent,
        ...floors.stop(),
        liveHeapBytes: await liveHeapBytes(inspectPort),
        perSecond: figures.perSecond,
      };
      windows.push(window);
      report(window);
    }
    return { windows, sent, served, endings, repeatedRequestIds, audit: await started.measured.audit() };
  });
}

function watchFloors({ group }: Started) {
  let [mainBytes, environmentsBytes, processes] = [Infinity, Infinity, 0];
  const look = () => {
    const pids = descendantsOf(group.pid);
    const ofEnvironments = pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
    mainBytes = Math.min(mainBytes, residentBytes(group.pid));
    environmentsBytes = Math.min(environmentsBytes, ofEnvironments);
    processes = Math.max(processes, pids.length);
  };
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { mainBytes, environmentsBytes, processes };
    },
  };
}
