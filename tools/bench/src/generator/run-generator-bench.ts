import type { Findings } from './findings.ts';
import type { GeneratorPlan, Part } from './generator-plan.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureConstant, measurePoisson } from './measure-pacing.ts';
import { closedRate, holdShares, searchMaximum, type Searcher } from './measure-rates.ts';
import { measureStall, type StallContestant } from './measure-stall.ts';
import type { Arena } from './run-tool.ts';
import { artilleryNoPool, artilleryPool } from './tools/artillery-http.ts';
import { autocannon } from './tools/autocannon.ts';
import type { LoadTool } from './tools/load-tool.ts';
import { spillway } from './tools/spillway.ts';
import { wrk } from './tools/wrk.ts';

/** Something that could not be measured. */
export interface FailedMeasurement {
  readonly what: string;
  readonly round: number;
  readonly reason: string;
}

export interface GeneratorOutcome {
  readonly findings: Findings;
  readonly failures: readonly FailedMeasurement[];
}

/** What is measured: these parts of these tools. */
export interface GeneratorSetting {
  readonly plan: GeneratorPlan;
  readonly parts: readonly Part[];
  readonly tools: readonly LoadTool[];
  readonly arena: Arena;
}

const SEARCHERS: readonly Searcher[] = [
  { tool: artilleryPool, startPerSecond: 500 },
  { tool: spillway, startPerSecond: 2_000 },
];
const CLOSED = [autocannon, wrk];
const AT_STEADY_RATE = [artilleryPool, autocannon, spillway];
const UNDER_STALLS: readonly StallContestant[] = [
  { name: artilleryPool.name, tool: artilleryPool, kind: 'open' },
  { name: artilleryNoPool.name, tool: artilleryNoPool, kind: 'open' },
  { name: 'autocannon, told 200/s', tool: autocannon, kind: 'open' },
  { name: 'autocannon, closed loop', tool: autocannon, kind: 'closed' },
  { name: 'wrk, closed loop', tool: wrk, kind: 'closed' },
  { name: spillway.name, tool: spillway, kind: 'open' },
];

type Attempt = <T extends object>(
  what: string,
  to: (T & { readonly round: number })[],
  measure: () => Promise<readonly T[]>,
) => Promise<void>;
type Growing = { [K in keyof Findings]: Findings[K][number][] };

/**
 * Measures the parts asked for, tools in turn, round after round.
 * @param report takes a line on what is going on
 */
export async function runGeneratorBench(
  setting: GeneratorSetting,
  report: (line: string) => void,
): Promise<GeneratorOutcome> {
  const { rounds } = setting.plan;
  const failures: FailedMeasurement[] = [];
  const findings: Growing = { maximum: [], steady: [], cpu: [], poisson: [], constant: [], stall: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const say = (line: string) => report(`round ${round}/${rounds}  ${line}`);
    await takeRound(setting, findings, say, async (what, to, measure) => {
      say(what);
      try {
        for (const found of await measure()) to.push({ ...found, round });
      } catch (error) {
        // One tool that breaks must not take the others' figures along.
        const reason = error instanceof Error ? error.message : String(error);
        failures.push({ what, round, reason });
        say(`${what} failed: ${reason}`);
      }
    });
  }
  return { findings, failures };
}

async function takeRound(
  { parts, tools, plan, arena }: GeneratorSetting,
  { maximum, steady, cpu, constant, poisson, stall }: Growing,
  say: (line: string) => void,
  attempt: Attempt,
): Promise<void> {
  const takesPart = (tool: LoadTool) => tools.includes(tool);
  if (parts.includes('rates')) {
    for (const searcher of SEARCHERS.filter(({ tool }) => takesPart(tool))) {
      await attempt(`maximum  ${searcher.tool.name}`, maximum, async () => [
        await searchMaximum(searcher, plan, arena, say),
      ]);
    }
    for (const tool of CLOSED.filter(takesPart)) {
      await attempt(`maximum  ${tool.name}`, maximum, async () => [await closedRate(tool, plan, arena)]);
    }
    // The last of its maxima is that of this round, or of an earlier one where this round's search failed.
    const own = takesPart(spillway) && maximum.findLast(({ tool }) => tool === spillway.name);
    if (own) {
      await attempt(`shares  ${spillway.name}`, steady, () =>
        holdShares(spillway, own.perSecond, plan, arena),
      );
    }
  }
  if (parts.includes('cpu')) {
    for (const tool of AT_STEADY_RATE.filter(takesPart)) {
      await attempt(`cpu  ${tool.name}`, cpu, () => measureCpu(tool, plan, arena));
    }
  }
  if (parts.includes('pacing')) {
    for (const tool of AT_STEADY_RATE.filter(takesPart)) {
      await attempt(`constant  ${tool.name}`, constant, async () => [
        await measureConstant(tool, plan, arena),
      ]);
    }
    for (const seed of takesPart(spillway) ? plan.poissonSeeds : []) {
      await attempt(`Poisson, seed ${seed}  ${spillway.name}`, poisson, async () => [
        await measurePoisson(spillway, seed, plan, arena),
      ]);
    }
  }
  if (parts.includes('stall')) {
    for (const contestant of UNDER_STALLS.filter(({ tool }) => takesPart(tool))) {
      await attempt(`stall  ${contestant.name}`, stall, async () => [
        await measureStall(contestant, plan, arena),
      ]);
    }
  }
}
