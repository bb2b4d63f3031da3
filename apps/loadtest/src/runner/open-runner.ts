import { join } from 'node:path';
import type { Generators } from '../generators.ts';
import type { LoadtestOptions } from '../run-loadtest.ts';
import type { RunContext } from '../run-context.ts';
import { COST_CAP_DOLLARS, describeLoad, estimateLoad } from './load-estimate.ts';
import { resultsLocation, type RunnerName } from './remote-runner.ts';
import { writeTestBundle } from './test-bundle.ts';

/** A remote runner for a stage that no runner can reach. */
export class RunnerNeedsStageError extends Error {
  readonly code = 'RUNNER_NEEDS_STAGE';

  constructor(name: RunnerName) {
    super(
      `--runner=${name}: found the local stage, which only this machine reaches, want --stage=<deployed stage>`,
    );
    this.name = 'RunnerNeedsStageError';
  }
}

/** A key that no runner gets: Artillery hands this machine's environment to none of them. */
export class RunnerLacksKeyError extends Error {
  readonly code = 'RUNNER_LACKS_KEY';

  constructor(name: RunnerName) {
    super(
      `--runner=${name}: found --api-key-env, which its workers don't see, want none; send from this machine`,
    );
    this.name = 'RunnerLacksKeyError';
  }
}

/** A stage that wants signatures, by runners that may not invoke it, though this machine may. */
export class RunnerNotAllowedError extends Error {
  readonly code = 'RUNNER_NOT_ALLOWED';

  constructor(name: RunnerName) {
    super(
      `--runner=${name}: found a stage that wants signatures, want one that is open; the role that Artillery gives its ` +
        'workers may not execute-api:Invoke, so every request would be refused; send from this machine',
    );
    this.name = 'RunnerNotAllowedError';
  }
}

/** A run that may cost more than anybody should agree to by reflex. */
export class LoadTooCostlyError extends Error {
  readonly code = 'LOAD_TOO_COSTLY';

  constructor(found: string) {
    super(
      `load: found ${found}, want at most $${COST_CAP_DOLLARS} in all; pass --yes, a lower --count, or lower ` +
        'maxPerSecond and discoveryBudgetMs in slo.json',
    );
    this.name = 'LoadTooCostlyError';
  }
}

/**
 * Prepares Artillery's own runners for this run: says what it may cost, and packs what their workers need.
 * @throws RunnerLacksKeyError, RunnerNotAllowedError, LoadTooCostlyError, EngineNotBuiltError
 */
export async function openRunner(
  options: Pick<LoadtestOptions, 'yes' | 'workspace' | 'keep' | 'count'> & { readonly runner: RunnerName },
  { stage, access, profile, settings, sweeps, progress, results }: RunContext,
): Promise<Generators> {
  const { runner: name, count } = options;
  if (access.options.apiKey !== undefined) throw new RunnerLacksKeyError(name);
  if (access.options.auth !== undefined) throw new RunnerNotAllowedError(name);
  const estimate = estimateLoad({
    ...{ profile, settings, sweeps, isCleaned: !options.keep },
    runner: { name, count },
  });
  const described = describeLoad(estimate);
  if (estimate.stageDollars + estimate.runnerDollars > COST_CAP_DOLLARS && !options.yes)
    throw new LoadTooCostlyError(described);
  progress.line(`Runner          ${count} × ${name} in ${stage.region} for each step: ${described}`);
  const bundle = join(results.path, 'runner');
  await writeTestBundle(bundle, join(options.workspace, 'apps/loadtest/dist'));
  const { region, accountId, credentialsProfile } = stage;
  const location = resultsLocation(name, accountId, region, results.runId);
  return { count, remote: { name, region, credentialsProfile, results: location, bundle } };
}
