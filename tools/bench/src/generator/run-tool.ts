import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryBody } from '../load/entry.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { startGroup } from '../process/child-group.ts';
import { endedChildrenCpuMs, treeCpuMs } from '../process/process-tree.ts';
import { makeScratch, removeScratch } from '../scratch-directory.ts';
import { onGeneratorCore, type Cores } from './cores.ts';
import { countWithin } from './sent-instants.ts';
import type { NullServer } from './server/null-server.ts';
import { UnreadableRequestError } from './server/request-counter.ts';
import type { ServerRecord, StallPlan } from './server/server-protocol.ts';
import type { Load, LoadTool, ToolReport } from './tools/load-tool.ts';

/** Where tools are measured. */
export interface Arena {
  readonly server: NullServer;
  readonly cores: Cores | null;
}

/** What a load counts from and for, ms from the first request. */
export interface LoadWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A tool's run as seen from outside, and its own account. CPU is null where there is no /proc. */
export interface ToolRun {
  readonly seen: ServerRecord;
  readonly window: {
    readonly requests: number;
    /** CPU of the tool's whole process tree, ms. */
    readonly cpuMs: number | null;
    /** Share of the window that the server was busy, 0–1. */
    readonly serverBusyRatio: number | null;
  };
  /** CPU of the tool's whole process tree from its start to its end, ms. */
  readonly cpuMs: number | null;
  /** Null where it had to be killed: it did not end long after it should have. */
  readonly report: ToolReport | null;
}

/** A tool that ended with an error. */
export class ToolFailedError extends Error {
  readonly code = 'TOOL_FAILED';

  constructor(tool: string, found: string, printed: string) {
    super(`${tool}: found ${found}, want its end with 0; it printed: ${printed || 'nothing'}`);
    this.name = 'ToolFailedError';
  }
}

/** What a run may take beyond its load: start-up, answers that are waited for, writing a report, ms. */
const ALLOWANCE_MS = 60_000;

/**
 * Runs a tool once against the null server.
 * @param window what of the load counts
 * @throws ToolFailedError when it ends with an error, or without having sent anything
 * @throws UnreadableRequestError when it sends what the null server can't read
 */
export async function runTool(
  tool: LoadTool,
  load: Load,
  window: LoadWindow,
  arena: Arena,
  stalls: StallPlan | null = null,
): Promise<ToolRun> {
  const { server, cores } = arena;
  const directory = makeScratch();
  const place = { url: server.url, directory, body: entryBody('bench.generator') };
  const { command, args, env } = tool.command(load, place);
  const logFile = join(directory, 'printed.log');
  const { first } = await server.begin(stalls);
  const endedBeforeMs = endedChildrenCpuMs();
  const group = startGroup({
    command,
    args,
    cwd: directory,
    env: childEnvironment(env),
    logFile,
    launcher: onGeneratorCore(cores),
  });
  const over = new AbortController();
  const deadline = sleep(load.spanMs + ALLOWANCE_MS, 'late' as const, { signal: over.signal }).catch(
    () => 'late' as const,
  );
  try {
    const watching = watchWindow(first, window, { tool: group.pid, server: server.pid }, over.signal);
    const end = await Promise.race([group.ended, deadline]);
    over.abort();
    await group.stop();
    const usage = await watching;
    const seen = await server.end();
    if (seen.unreadable !== null) throw new UnreadableRequestError(seen.unreadable);
    if (end !== 'late' && end !== 0)
      throw new ToolFailedError(tool.name, `exit code ${end}`, group.printed());
    if (seen.arrivalsMs.length === 0) throw new ToolFailedError(tool.name, 'no request', group.printed());
    const endedAfterMs = endedChildrenCpuMs();
    return {
      seen,
      window: { requests: countWithin(seen.arrivalsMs, window.fromMs, window.toMs), ...usage },
      cpuMs: endedBeforeMs === null || endedAfterMs === null ? null : endedAfterMs - endedBeforeMs,
      report: end === 'late' ? null : tool.report(place, readFileSync(logFile, 'utf8')),
    };
  } finally {
    over.abort();
    await group.stop();
    removeScratch(directory);
  }
}

/** Reads at both ends of the window what CPU was used; nobody looks in between. */
async function watchWindow(
  first: Promise<void>,
  { fromMs, toMs }: LoadWindow,
  pids: { readonly tool: number; readonly server: number },
  over: AbortSignal,
): Promise<Pick<ToolRun['window'], 'cpuMs' | 'serverBusyRatio'>> {
  const unknown = { cpuMs: null, serverBusyRatio: null };
  const read = () => ({
    tool: treeCpuMs(pids.tool),
    server: treeCpuMs(pids.server),
    atMs: performance.now(),
  });
  const ended = new Promise<'ended'>((resolve) => over.addEventListener('abort', () => resolve('ended')));
  try {
    if ((await Promise.race([first, ended])) === 'ended') return unknown;
    await sleep(fromMs, undefined, { signal: over });
    const before = read();
    await sleep(toMs - fromMs, undefined, { signal: over });
    const after = read();
    // Gone before the last look, or no /proc.
    if (after.server === 0 || after.tool < before.tool) return unknown;
    const serverBusyRatio = (after.server - before.server) / (after.atMs - before.atMs);
    return { cpuMs: after.tool - before.tool, serverBusyRatio };
  } catch {
    // It ended before the window did: its CPU is not that of a window.
    return unknown;
  }
}
