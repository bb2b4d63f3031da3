import {
  latencyP99,
  memoryChoice,
  nextMemoryStep,
  type MemoryStep,
  type MemorySweepPlan,
} from '@spillway/capacity';
import { arrivalsAt, warmUp } from '../discover.ts';
import type { RunContext } from '../run-context.ts';
import type { RunDraft } from '../run-draft.ts';
import { takeStep } from '../take-step.ts';
import { describeMemorySweep } from './describe-sweeps.ts';

/**
 * Sends the rate of the proposed limits at several memory sizes, throttles lifted (method, section 6). Whoever lifted
 * them puts limits and memory back; the draft keeps what was found however this ends.
 */
export async function sweepMemory(context: RunContext, draft: RunDraft): Promise<void> {
  const { progress, stage } = context;
  const plan = planOf(context, draft);
  if (plan === null) {
    progress.line('\nMemory sweep    skipped: discovery found no rate to send');
    return;
  }
  progress.line(`\nMemory sweep at ${plan.ratePerSecond}/s, stage throttle and reserved concurrency lifted`);
  try {
    let warm: number | null = null;
    for (;;) {
      const next = nextMemoryStep(stepsOf(context), plan);
      if (next.kind === 'done') return;
      const { memorySize, ratePerSecond, warmUpMs, holdMs } = next;
      if (warm !== memorySize) {
        await stage.ingestFunction.configure({ MemorySize: memorySize });
        await warmUp(context, { memorySize, atMostPerSecond: ratePerSecond });
        warm = memorySize;
      }
      const arrivals = arrivalsAt(ratePerSecond, context);
      await takeStep(context, {
        ...{ purpose: 'memory-sweep', limits: 'lifted' },
        ...{ memorySize, arrivals, warmUpMs, holdMs },
      });
    }
  } finally {
    const found = memoryChoice(stepsOf(context), plan);
    const notPlayed = notPlayedHere(context);
    const memory = { ...found, reasons: [...found.reasons, ...notPlayed] };
    draft.sweeps = { payload: null, ...draft.sweeps, memory };
    const deployed = notPlayed.length > 0 ? null : draft.deployedLimits.memorySize;
    progress.line(`\n${describeMemorySweep(memory, deployed)}`);
  }
}

function stepsOf({ taken, settings }: RunContext): MemoryStep[] {
  return taken
    .filter(({ step }) => step.record.purpose === 'memory-sweep')
    .map(({ step, answers }) => ({ step, p99: latencyP99(step.record, answers, settings.targets) }));
}

function planOf({ settings, profile }: RunContext, draft: RunDraft): MemorySweepPlan | null {
  const lowerPerSecond = draft.estimate?.lowerPerSecond ?? null;
  if (lowerPerSecond === null) return null;
  const { targets, sweeps } = settings;
  const { warmUpMs, holdMs } = profile;
  const sizes = new Set([...sweeps.memorySizes, draft.deployedLimits.memorySize]);
  return {
    memorySizes: [...sizes].sort((a, b) => a - b),
    ratePerSecond:
      draft.recommendation?.limits.rateLimit ??
      Math.max(1, Math.floor(targets.headroomRatio * lowerPerSecond)),
    ...{ warmUpMs, holdMs, targets },
  };
}

/** A local stage holds a function to its memory, but gives it no share of the CPU for it. */
function notPlayedHere({ stage }: RunContext): string[] {
  if (stage.endpoint === undefined) return [];
  return [
    'on a local stage memory is a ceiling alone; on Lambda it also buys CPU (F37), so the durations here say nothing of other sizes there',
  ];
}
