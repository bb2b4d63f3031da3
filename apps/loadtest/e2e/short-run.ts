import { join, resolve } from 'node:path';
import { ONE_GENERATOR } from '../src/generators.ts';
import { ResultsDirectory } from '../src/results-directory.ts';
import type { RunContext } from '../src/run-context.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import type { StageConnection } from '../src/stage/stage-connection.ts';

export const ROOT = resolve(__dirname, '../../..');

/** What is deployed, as apps/infra has it. */
export const INFRA = {
  configDir: join(ROOT, 'apps/infra/config'),
  cdkOut: join(ROOT, 'apps/infra/cdk.out'),
};

/** Lenient and short: what is looked at is what a run does and keeps, not what this machine sustains. */
function shortSettings(): Settings {
  const settings = readSettings(join(ROOT, 'apps/loadtest/slo.json'));
  const quick = {
    ...settings.profiles.quick,
    ...{ startPerSecond: 90, maxPerSecond: 90, holdMs: 1500, warmUpMs: 300, bracketRatio: 0.6 },
    ...{ warmUps: [{ ratePerSecond: 60, holdMs: 1000 }], discoveryBudgetMs: 30_000, replayHoldMs: 2000 },
    ...{ burstStartRequests: 5, burstMaxRequests: 5, payloadSweepBudgetMs: 12_000 },
  };
  return {
    ...settings,
    targets: { ...settings.targets, latencyMs: 2500, errorRatio: 0.05 },
    sweeps: { payloadBytes: [1024, 4096], memorySizes: [2048, 4096] },
    profiles: { ...settings.profiles, quick },
  };
}

/** What a short run works with. */
export function shortRun(
  runId: string,
  stage: StageConnection,
  own: Pick<RunContext, 'sweeps' | 'signal'> & {
    readonly resultsFolder: string;
    readonly line: (text: string) => void;
  },
): RunContext {
  const settings = shortSettings();
  return {
    ...{ runId, stage, settings, profile: settings.profiles.quick },
    ...{ sweeps: own.sweeps, signal: own.signal },
    access: { options: {}, variables: {} },
    workers: 1,
    generators: ONE_GENERATOR,
    results: new ResultsDirectory(own.resultsFolder, runId),
    progress: { line: own.line, during: (_label, work) => work },
    shared: null,
    taken: [],
    sent: [],
  };
}
