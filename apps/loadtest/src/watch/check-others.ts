import type { RunContext } from '../run-context.ts';

/** Whether others suffered so far, besides what the run itself has sent. @throws OthersSufferError */
export async function checkOthers({ shared, taken }: RunContext): Promise<void> {
  const steps = taken.map(({ step, answers }) => ({
    startedAtMs: Date.parse(step.record.startedAt),
    answers,
  }));
  await shared?.others.check(steps);
}
