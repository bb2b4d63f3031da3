import {
  judgeStep,
  measureStep,
  stepTargets,
  type Answers,
  type StepRecord,
  type Targets,
} from '@spillway/capacity';
import { collectStageMetrics } from './collect/stage-metrics.ts';
import { describeStep } from './describe-step.ts';
import type { JudgedStep, RunContext } from './run-context.ts';
import { runStep } from './run-step.ts';
import { StepAbortedError } from './step-error.ts';
import { checkOthers } from './watch/check-others.ts';

/** The part of a step that a phase decides. */
export interface StepPlan extends Pick<
  StepRecord,
  'purpose' | 'arrivals' | 'warmUpMs' | 'holdMs' | 'limits' | 'memorySize'
> {
  /** Bytes of a request. @default the settings' */
  readonly payloadBytes?: number;
}

/**
 * One step from load to verdict: sends it, reads the stage's metrics for its window, judges it, and leaves
 * `step-<name>.json` beside its answers. What it is judged by follows from its purpose (`stepTargets`), for a step that
 * was cut short too: whoever measures it again derives the same.
 */
export async function takeStep(context: RunContext, plan: StepPlan): Promise<JudgedStep> {
  const { settings, results, progress, stage } = context;
  const targets = stepTargets(plan.purpose, settings.targets);
  const ordinal = context.taken.filter(({ step }) => step.record.purpose === plan.purpose).length + 1;
  const name = `${plan.purpose}-${String(ordinal).padStart(2, '0')}`;
  const sending = runStep({
    payloadBytes: settings.payloadBytes,
    ...plan,
    name,
    horizonMs: settings.horizonMs,
    baseUrl: stage.baseUrl,
    access: context.access,
    runId: context.runId,
    resultsDirectory: results.path,
    generators: context.generators,
    signal: context.signal,
  });
  const taken = await progress.during(name, sending, plan.warmUpMs + plan.holdMs).catch((error: unknown) => {
    keepPartial(context, name, plan, targets, error);
    throw error;
  });
  context.sent.push({ name, answers: taken.answers });
  const { answers } = taken;
  const startMs = Date.parse(taken.record.startedAt) + plan.warmUpMs;
  const window = { startMs, endMs: startMs + plan.holdMs };
  const record: StepRecord = {
    ...setBy(plan, taken.record),
    stage: await collectStageMetrics(stage, window),
  };
  const measurement = measureStep(record, answers, targets);
  const step = { record, measurement, judgement: judgeStep(record, measurement, targets) };
  keep(context, step, answers);
  progress.line(describeStep(step));
  await checkOthers(context);
  return step;
}

/** The record with what the step set beside its load. */
function setBy({ memorySize }: StepPlan, record: StepRecord): StepRecord {
  return memorySize === undefined ? record : { ...record, memorySize };
}

function keep({ taken, results }: RunContext, step: JudgedStep, answers: Answers): void {
  taken.push({ step, answers });
  results.write(`step-${step.record.name}.json`, `${JSON.stringify(step, null, 2)}\n`);
}

/** A step that was cut short proves nothing, but its entries are in the table: the audit must know them. */
function keepPartial(
  context: RunContext,
  name: string,
  plan: StepPlan,
  targets: Targets,
  error: unknown,
): void {
  if (!(error instanceof StepAbortedError) || error.partial === null) {
    context.sent.push({ name, answers: null });
    return;
  }
  const { answers } = error.partial;
  const record = setBy(plan, error.partial.record);
  context.sent.push({ name, answers });
  const measurement = measureStep(record, answers, targets);
  const judgement: JudgedStep['judgement'] = {
    verdict: 'inconclusive',
    inconclusive: 'samples',
    reasons: [error.message],
  };
  keep(context, { record, measurement, judgement }, answers);
}
