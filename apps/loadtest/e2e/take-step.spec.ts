import { exampleRun } from '@spillway/capacity/testing';
import { remeasureRun } from '@spillway/run-files';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ONE_GENERATOR } from '../src/generators.ts';
import { createProgress } from '../src/progress.ts';
import { ResultsDirectory } from '../src/results-directory.ts';
import type { RunContext } from '../src/run-context.ts';
import { readSettings } from '../src/settings.ts';
import { StepAbortedError } from '../src/step-error.ts';
import { takeStep } from '../src/take-step.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

const REQUESTS = 60;

let results: string;
let server: ScriptedServer;
beforeEach(async () => {
  results = mkdtempSync(join(tmpdir(), 'spillway-take-step-'));
  server = await startScriptedServer('mixed');
});
afterEach(async () => {
  await server.stop();
  rmSync(results, { recursive: true });
});

/** A burst is held to a share of T so small that every answer misses it, and all within T itself. */
function contextOf(signal: AbortSignal): RunContext {
  const settings = readSettings(resolve(__dirname, '../slo.json'));
  const targets = { ...settings.targets, latencyMs: 60_000, headroomRatio: 1e-9 };
  return {
    ...{ runId: 'r1', access: { options: {}, variables: {} }, generators: ONE_GENERATOR, workers: 1 },
    ...{ settings: { ...settings, targets }, profile: settings.profiles.quick, sweeps: [], signal },
    // A step that is stopped asks the stage for nothing but where to send.
    stage: { baseUrl: server.url } as RunContext['stage'],
    results: new ResultsDirectory(results, 'r1'),
    progress: createProgress(process.stderr, false),
    shared: null,
    taken: [],
    sent: [],
  };
}

describe('takeStep', () => {
  it('measures a burst that was stopped by what whoever reads it measures it by', async () => {
    const stopping = new AbortController();
    const context = contextOf(stopping.signal);
    const arrivals = { kind: 'burst', requests: REQUESTS, withinMs: 3000 } as const;
    const plan = { purpose: 'burst', arrivals, warmUpMs: 0, holdMs: 3000, limits: 'lifted' } as const;
    const taking = takeStep(context, plan);
    for (let seen = 0; seen < REQUESTS / 2; seen += 1) await server.nextRequest();
    stopping.abort();
    await expect(taking).rejects.toThrow(StepAbortedError);

    const { step } = context.taken[0]!;
    expect(step.measurement.outcomes.acknowledged).toBeGreaterThan(0);
    expect(step.measurement.slow).toBe(step.measurement.outcomes.acknowledged);
    const run = { ...exampleRun(), steps: [step], targets: context.settings.targets };
    const [remeasured] = remeasureRun(context.results.path, run);
    expect(remeasured!.found).toEqual(step.measurement);
  });
});
