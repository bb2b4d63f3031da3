import type { Limits } from '@spillway/throttle';
import type { RunRecord } from '../run-record.ts';
import { answered, loadtest, missing } from './checklist-measured.ts';
import { fingerprintChanges } from './fingerprint-changes.ts';
import type { ChecklistContext, ChecklistLine } from './checklist.ts';

const RUN_FILE = 'run.json';

/** Whether the stage's throttle file names this run and holds the limits that it found, or ones that it verified. */
export function limitsUpdatedLine(run: RunRecord, { throttleFile }: ChecklistContext): ChecklistLine {
  const item = 'limits updated from results';
  const lacks = (answer: string, files: readonly string[] = []) =>
    missing('limits-updated', item, answer, files, update(run));
  if (throttleFile === null) return lacks('The throttle file was not looked at.');
  const { path, config } = throttleFile;
  if (config === null) return lacks(`There is no readable throttle file ${path}.`);
  if (config.stage !== run.stage) {
    return lacks(`${path} is of stage ${config.stage}, this run measured ${run.stage}.`, [path]);
  }
  const limits = limitsText(config.limits);
  const { evidence } = config;
  if (evidence.kind === 'placeholder') return lacks(`${path} holds placeholders: ${limits}.`, [path]);
  if (evidence.runId === run.runId) {
    const proposed = run.recommendation ? limitsText(run.recommendation.limits) : 'none';
    if (limits !== proposed) {
      return lacks(`${path} names run ${run.runId}, but holds ${limits} where that run found ${proposed}.`, [
        path,
        RUN_FILE,
      ]);
    }
    return answered('limits-updated', item, `${path} holds what this run found: ${limits}.`, [
      path,
      RUN_FILE,
    ]);
  }
  if (run.replay?.of === 'deployed' && run.replay.verified && limitsText(run.replay.limits) === limits) {
    return answered(
      'limits-updated',
      item,
      `${path} holds what run ${evidence.runId} found, and this run verified it: ${limits}.`,
      [path, RUN_FILE],
    );
  }
  return lacks(`${path} holds what another run, ${evidence.runId}, found: ${limits}.`, [path]);
}

/** Whether what would be deployed now is what this run measured, and the limits held on it. */
export function retestedLine(run: RunRecord, { deployedFingerprint }: ChecklistContext): ChecklistLine {
  const item = 're-tested after infrastructure changes';
  const lacks = (answer: string, next: string) =>
    missing('re-tested-after-changes', item, answer, [RUN_FILE], next);
  if (deployedFingerprint === null) {
    return lacks('What would be deployed is not known: no template was read.', 'npx nx synth infra');
  }
  const changed = fingerprintChanges(run.fingerprint, deployedFingerprint);
  if (changed.length > 0) {
    return lacks(`Changed since this run: ${changed.map(({ what }) => what).join(', ')}.`, loadtest(run));
  }
  const measured = 'This run measured what would be deployed: same function bundle, template and memory';
  if (!run.replay) return lacks(`${measured}; no limits were replayed.`, loadtest(run));
  if (!run.replay.verified) {
    return lacks(`${measured}; its replay did not verify the ${run.replay.of} limits.`, loadtest(run));
  }
  const steps = run.steps.filter(({ record }) => record.purpose === 'replay');
  return answered(
    're-tested-after-changes',
    item,
    `${measured}; its replay verified the ${run.replay.of} limits.`,
    [RUN_FILE, ...steps.map(({ record }) => `step-${record.name}.json`)],
  );
}

function update({ stage }: RunRecord): string {
  return `npx nx run throttle update --stage=${stage}`;
}

function limitsText({
  rateLimit,
  burstLimit,
  reservedConcurrency,
  memorySize,
  timeoutSeconds,
}: Limits): string {
  return `${rateLimit} requests/s, burst ${burstLimit}, concurrency ${reservedConcurrency}, ${memorySize} MB, ${timeoutSeconds} s`;
}
