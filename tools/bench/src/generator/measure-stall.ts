import { constantInstantsMs, figuresOf, waitsUnderStalls } from '@spillway/capacity/testing';
import type { StallFinding } from './findings.ts';
import { STALL_PER_SECOND, type GeneratorPlan } from './generator-plan.ts';
import { runTool, type Arena } from './run-tool.ts';
import type { Load, LoadTool } from './tools/load-tool.ts';

/** A tool, asked for a rate or let loose. */
export interface StallContestant {
  /** For the table. */
  readonly name: string;
  readonly tool: LoadTool;
  readonly kind: Load['kind'];
}

/**
 * What a tool reports of a server that stands still for a second now and then. What is so follows from the stalls as the
 * server kept them and from 200 requests/s from the first one on, whatever the tool sent.
 */
export async function measureStall(
  { name, tool, kind }: StallContestant,
  plan: GeneratorPlan,
  arena: Arena,
): Promise<Omit<StallFinding, 'round'>> {
  const { stallSpanMs: spanMs, stalls } = plan;
  const load: Load =
    kind === 'open' ? { kind, seed: null, ratePerSecond: STALL_PER_SECOND, spanMs } : { kind, spanMs };
  const { seen, report } = await runTool(tool, load, { fromMs: 0, toMs: spanMs }, arena, stalls);
  const within = seen.stalls.filter(({ startMs }) => startMs < spanMs);
  return {
    tool: name,
    stalls: within.length,
    truth: figuresOf(waitsUnderStalls(constantInstantsMs(STALL_PER_SECOND, spanMs), within)),
    views: report?.views ?? [],
  };
}
