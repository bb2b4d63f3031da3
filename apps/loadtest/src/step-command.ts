import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StepRequest } from './run-step.ts';

const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));
const SUSTAINED = path.join(SCENARIOS, 'sustained.yml');
const BURST = path.join(SCENARIOS, 'burst.yml');
/** How long a generator waits for those that send the step with it: they start together, on one machine, ms. */
const SHARDS_WAIT_MS = 30_000;

/** Every scenario that a step may run. */
export const SCENARIO_FILES: readonly string[] = [SUSTAINED, BURST];

/** The scenario that a step runs; its pace is laid over the scenario's own. */
export function scenarioOf({ purpose }: Pick<StepRequest, 'purpose'>): string {
  return purpose === 'burst' ? BURST : SUSTAINED;
}

/**
 * Arguments of Artillery for a generator of this step on this machine.
 * @param count of them
 * @param results directory for the answers
 * @param reportFile where Artillery leaves its own report
 */
export function artilleryArguments(
  request: StepRequest,
  count: number,
  results: string,
  reportFile: string,
): string[] {
  const shards = count > 1 ? { count, waitMs: SHARDS_WAIT_MS } : undefined;
  return [
    ...['run', '--quiet', '--target', request.baseUrl, '--output', reportFile],
    ...['--overrides', JSON.stringify(overridesOf(request, results, shards))],
    scenarioOf(request),
  ];
}

/** What a step lays over its scenario. @param shards set: the generators share the step */
export function overridesOf(
  request: StepRequest,
  resultsDirectory: string,
  shards: { readonly count: number; readonly waitMs: number } | undefined,
): object {
  const { name, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs, runId } = request;
  const pace = { name, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs };
  const spillway = { runId, resultsDirectory, pace, ...request.access?.options, ...(shards && { shards }) };
  return { config: { engines: { spillway } } };
}

/** The same as somebody would type it. */
export function commandLine(args: readonly string[]): string {
  return ['npx artillery', ...args.map((arg) => (/^[\w./:-]+$/.test(arg) ? arg : `'${arg}'`))].join(' ');
}
