import type { MaximumFinding, SteadyFinding } from './findings.ts';
import { HELD_FROM_RATIO, SHARES_OF_MAXIMUM, type GeneratorPlan } from './generator-plan.ts';
import { bracketOf, nextRate, type Trial } from './rate-search.ts';
import { runTool, type Arena, type ToolRun } from './run-tool.ts';
import type { LoadTool } from './tools/load-tool.ts';

/** Where a tool's search begins, requests/s: near enough to be short. */
export interface Searcher {
  readonly tool: LoadTool;
  readonly startPerSecond: number;
}

/** A tool that holds no rate at all. */
export class NothingHeldError extends Error {
  readonly code = 'NOTHING_HELD';

  constructor(tool: string, startPerSecond: number) {
    super(`${tool}: found no rate held from ${startPerSecond}/s down, want one; is the machine idle?`);
    this.name = 'NothingHeldError';
  }
}

/**
 * Searches the highest constant rate of which a tool sends at least 0.995 in time and gets answered. The server counts,
 * in the same window for every tool.
 * @throws NothingHeldError
 */
export async function searchMaximum(
  { tool, startPerSecond }: Searcher,
  plan: GeneratorPlan,
  arena: Arena,
  report: (line: string) => void,
): Promise<Omit<MaximumFinding, 'round'>> {
  const search = { ...plan.search, startPerSecond };
  const trials: Trial[] = [];
  const runs = new Map<number, ToolRun>();
  for (let rate = nextRate(trials, search); rate !== null; rate = nextRate(trials, search)) {
    const { run, achievedRatio } = await offer(tool, rate, plan, arena);
    const isHeld = achievedRatio >= HELD_FROM_RATIO;
    report(`${tool.name}  ${rate}/s  ${(achievedRatio * 100).toFixed(1)} %`);
    trials.push({ ratePerSecond: rate, isHeld });
    if (isHeld) runs.set(rate, run);
  }
  const { heldPerSecond, missedPerSecond } = bracketOf(trials, search);
  if (heldPerSecond === null) throw new NothingHeldError(tool.name, startPerSecond);
  const { window } = runs.get(heldPerSecond) as ToolRun;
  return { tool: tool.name, perSecond: heldPerSecond, missedPerSecond, ...usageOf(window) };
}

/** What a closed loop reaches, in the same window. */
export async function closedRate(
  tool: LoadTool,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<Omit<MaximumFinding, 'round'>> {
  const { window } = await runTool(tool, { kind: 'closed', spanMs: plan.spanMs }, windowOf(plan), arena);
  const perSecond = (window.requests * 1000) / plan.holdMs;
  return { tool: tool.name, perSecond, missedPerSecond: null, ...usageOf(window) };
}

/** Offers shares of a tool's own maximum. */
export async function holdShares(
  tool: LoadTool,
  maximumPerSecond: number,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<readonly Omit<SteadyFinding, 'round'>[]> {
  const findings: Omit<SteadyFinding, 'round'>[] = [];
  for (const shareOfMaximum of SHARES_OF_MAXIMUM) {
    const offeredPerSecond = Math.round(maximumPerSecond * shareOfMaximum);
    const { achievedRatio } = await offer(tool, offeredPerSecond, plan, arena);
    findings.push({ tool: tool.name, shareOfMaximum, offeredPerSecond, achievedRatio });
  }
  return findings;
}

async function offer(tool: LoadTool, ratePerSecond: number, plan: GeneratorPlan, arena: Arena) {
  const load = { kind: 'open', seed: null, ratePerSecond, spanMs: plan.spanMs } as const;
  const run = await runTool(tool, load, windowOf(plan), arena);
  const offered = (ratePerSecond * plan.holdMs) / 1000;
  const answered = (run.report?.answered ?? 0) / ((ratePerSecond * load.spanMs) / 1000);
  // Catching up is no merit: what was sent late in the window was due before it.
  return { run, achievedRatio: Math.min(1, run.window.requests / offered, answered) };
}

function windowOf({ warmUpMs, holdMs }: GeneratorPlan) {
  return { fromMs: warmUpMs, toMs: warmUpMs + holdMs };
}

function usageOf({ cpuMs, requests, serverBusyRatio }: ToolRun['window']) {
  return { cpuMs: cpuMs === null ? null : cpuMs / requests, serverBusyRatio };
}
