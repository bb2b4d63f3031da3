import { exponentialCdf, gapsOf, kolmogorovSmirnov } from '@spillway/capacity/testing';
import type { ConstantFinding, PoissonFinding } from './findings.ts';
import { STEADY_PER_SECOND, type GeneratorPlan } from './generator-plan.ts';
import { runTool, type Arena } from './run-tool.ts';
import { latenessOf, latenessSeen } from './sent-instants.ts';
import { ToolReportError, type LoadTool } from './tools/load-tool.ts';

/** How a tool that keeps its answers sends Poisson arrivals. @throws ToolReportError when it doesn't */
export async function measurePoisson(
  tool: LoadTool,
  seed: number,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<Omit<PoissonFinding, 'round'>> {
  const { answers } = await take(tool, seed, plan, arena);
  if (!answers) throw new ToolReportError(tool.name, 'no answers', 'the instant each request was sent');
  const judged = (instantsMs: Float64Array) =>
    gapsOf(instantsMs.filter((_, i) => (answers.intendedMs[i] as number) >= plan.warmUpMs));
  const cdf = exponentialCdf(1000 / STEADY_PER_SECOND);
  return {
    tool: tool.name,
    seed,
    intended: kolmogorovSmirnov(judged(answers.intendedMs), cdf),
    sent: kolmogorovSmirnov(judged(answers.sentMs), cdf),
  };
}

/** How late a tool is at a constant rate, by its own account and by the server's. */
export async function measureConstant(
  tool: LoadTool,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<Omit<ConstantFinding, 'round'>> {
  const { answers, seen } = await take(tool, null, plan, arena);
  const warmUpRequests = (plan.warmUpMs * STEADY_PER_SECOND) / 1000;
  return {
    tool: tool.name,
    own: answers ? latenessOf(answers.latenessMs.slice(warmUpRequests)) : null,
    seen: latenessSeen(seen.arrivalsMs.slice(warmUpRequests), STEADY_PER_SECOND),
  };
}

async function take(tool: LoadTool, seed: number | null, plan: GeneratorPlan, arena: Arena) {
  const { warmUpMs: fromMs, spanMs } = plan;
  const load = { kind: 'open', seed, ratePerSecond: STEADY_PER_SECOND, spanMs } as const;
  const { report, seen } = await runTool(tool, load, { fromMs, toMs: spanMs }, arena);
  return { answers: report?.answers, seen };
}
