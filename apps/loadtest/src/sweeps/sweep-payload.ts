import { nextPayloadStep, payloadSweepOf, planPayloadSweep, type PayloadSweepPlan } from '@spillway/capacity';
import { arrivalsAt } from '../discover.ts';
import { storedBytesOf } from '../measurements.ts';
import type { RunContext } from '../run-context.ts';
import type { RunDraft } from '../run-draft.ts';
import { takeStep } from '../take-step.ts';
import { describePayloadSweep } from './describe-sweeps.ts';

/**
 * Searches the sustained rate of other payload sizes, throttles lifted. The draft keeps what was found however this
 * ends.
 */
export async function sweepPayload(context: RunContext, draft: RunDraft): Promise<void> {
  const { progress } = context;
  const plan = planOf(context, draft);
  if (plan === null) {
    progress.line('\nPayload sweep   skipped: discovery found no rate to start from');
    return;
  }
  progress.line('\nPayload sweep, stage throttle and reserved concurrency lifted');
  const history = () => context.taken.map(({ step }) => step);
  try {
    for (;;) {
      const next = nextPayloadStep(history(), plan);
      if (next.kind === 'done') return;
      const { payloadBytes, ratePerSecond, warmUpMs, holdMs } = next;
      const arrivals = arrivalsAt(ratePerSecond, context);
      await takeStep(context, {
        ...{ purpose: 'payload-sweep', limits: 'lifted' },
        ...{ payloadBytes, arrivals, warmUpMs, holdMs },
      });
    }
  } finally {
    const payload = payloadSweepOf(history(), plan);
    draft.sweeps = { memory: null, ...draft.sweeps, payload };
    progress.line(`\n${describePayloadSweep(payload)}`);
  }
}

function planOf({ settings, profile }: RunContext, draft: RunDraft): PayloadSweepPlan | null {
  if (draft.estimate === null) return null;
  const sizeOf = (payloadBytes: number) => ({ payloadBytes, itemBytes: storedBytesOf(payloadBytes) });
  return planPayloadSweep(
    settings.sweeps.payloadBytes.map(sizeOf),
    { ...sizeOf(settings.payloadBytes), estimate: draft.estimate },
    {
      search: { ...profile, targets: settings.targets },
      budgetMs: profile.payloadSweepBudgetMs,
      tableWriteUnitsPerSecond: draft.quotas.tableWriteUnitsPerSecond,
    },
  );
}
