import { refuseRun, type ChecklistContext, type RunRecord } from '@spillway/capacity';
import { renderReport, renderSummary } from '@spillway/report';
import { join } from 'node:path';
import type { Deployment } from './read-deployment.ts';
import type { RunContext } from './run-context.ts';

/** What a run came to, for people and for the exit code. */
export interface RunOutcome {
  readonly isGood: boolean;
  readonly lines: readonly string[];
}

/** Writes `run.json`, the page and the summary, and says in the last lines what to do now. */
export function reportRun(
  run: RunRecord,
  { results, taken }: RunContext,
  deployment: Deployment,
  directory: string,
): RunOutcome {
  const answersByStep = new Map(taken.map(({ step, answers }) => [step.record.name, answers]));
  const context: ChecklistContext = {
    throttleFile: { path: `apps/infra/config/throttle.${run.stage}.json`, config: deployment.throttle },
    deployedFingerprint: deployment.fingerprint,
  };
  results.writeRun(run);
  results.write('summary.md', renderSummary(run, context));
  results.write('report.html', renderReport(run, answersByStep, context));
  const refusals = refuseRun(run, {
    stage: run.stage,
    nowMs: Date.parse(run.finishedAt),
    deployedFingerprint: run.fingerprint,
  });
  const isGood = refusals.length === 0;
  return {
    isGood,
    lines: [
      `Verdict         ${isGood ? verdict(run) : 'these results may not become limits:'}`,
      ...refusals.map((reason) => `  ${reason}`),
      ...(isGood && run.replay?.of === 'proposed'
        ? [`Next            npx nx run throttle update --stage=${run.stage}`]
        : []),
      `Results         ${join(directory, 'run.json')}`,
      `Report          ${join(directory, 'report.html')}`,
    ],
  };
}

function verdict(run: RunRecord): string {
  if (run.replay?.of === 'deployed') return `verified: throttle.${run.stage}.json holds on what is deployed`;
  return 'the proposed limits hold; they are not deployed yet';
}
