import type { CpuFinding } from './findings.ts';
import { STEADY_PER_SECOND, type GeneratorPlan } from './generator-plan.ts';
import { runTool, type Arena } from './run-tool.ts';
import type { LoadTool } from './tools/load-tool.ts';

/**
 * CPU of a tool at the steady rate, from two runs of different length: the kernel's own account of the whole process
 * tree, from its first instruction to its last.
 * @returns nothing where there is no such account
 */
export async function measureCpu(
  tool: LoadTool,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<readonly Omit<CpuFinding, 'round'>[]> {
  const take = async (spanMs: number) => {
    const load = { kind: 'open', seed: null, ratePerSecond: STEADY_PER_SECOND, spanMs } as const;
    const { cpuMs, seen } = await runTool(tool, load, { fromMs: 0, toMs: spanMs }, arena);
    return { cpuMs, requests: seen.arrivalsMs.length };
  };
  const short = await take(plan.shortMs);
  const long = await take(plan.longMs);
  if (short.cpuMs === null || long.cpuMs === null) return [];
  return [
    {
      tool: tool.name,
      wholeMs: long.cpuMs / long.requests,
      steadyMs: (long.cpuMs - short.cpuMs) / (long.requests - short.requests),
    },
  ];
}
