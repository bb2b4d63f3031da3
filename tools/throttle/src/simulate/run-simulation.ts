import { findRunDirectory, readRun, type RunPlace } from '@spillway/run-files';
import { simulate, simulatedCost, type SimulatedCost, type SimulationResult } from '@spillway/simulation';
import { parseExplainableConfig, type ExplainableConfig } from '@spillway/throttle';
import { basename, relative } from 'node:path';
import { readConfigText } from '../workspace-files.ts';
import { knownStage } from './known-stage.ts';
import { otherThanMeasured } from './other-than-measured.ts';
import { planSimulation, type SimulationPlan } from './plan-simulation.ts';
import { serviceOfRun, toldService, type KnownService } from './service-of.ts';
import { SimulationOptionsError, type SimulationOptions } from './simulation-options.ts';

/** A simulation and what went into it. */
export interface SimulatedRun {
  /** Throttle file, as a path from the workspace. */
  readonly file: string;
  readonly config: ExplainableConfig;
  readonly options: SimulationOptions;
  readonly service: KnownService;
  /** Where the run that service times are from measured something else than what is simulated. */
  readonly differences: readonly string[];
  readonly plan: SimulationPlan;
  readonly result: SimulationResult;
  readonly cost: SimulatedCost;
}

/**
 * Sends a load through the limits of a file.
 * @throws WorkspaceFileError, ThrottleConfigError, SimulationOptionsError, RunNotFoundError, RunUnreadableError,
 * AnswersFileError
 */
export function runSimulation(path: string, place: RunPlace, options: SimulationOptions): SimulatedRun {
  const config = parseExplainableConfig(readConfigText(path), basename(path));
  if (options.run !== undefined && options.durationMs !== undefined) {
    throw new SimulationOptionsError('both --run and --duration-ms, want one source of service times');
  }
  const directory = options.run === undefined ? null : findRunDirectory(place, options.run);
  const run = directory === null ? null : readRun(directory);
  const service =
    run === null || directory === null ? toldService(config, options) : serviceOfRun(run, directory);
  const plan = planSimulation(config, knownStage(config, run), service, options);
  const result = simulate(plan.stage, plan.load, plan.terms);
  const cost = simulatedCost(result, config.limits.memorySize);
  const differences = run === null ? [] : otherThanMeasured(config, run);
  return { file: relative(place.root, path), config, options, service, differences, plan, result, cost };
}

/** The same for a machine: totals, latency, cost, and a column a fact, a row a second. */
export function simulationJson(run: SimulatedRun): string {
  const { file, config, options, service, differences, plan, result, cost } = run;
  const { seconds, ...rest } = result;
  const columns = Object.entries(seconds).map(([name, values]) => [name, [...values]] as const);
  const asked = { ...options, ratePerSecond: plan.ratePerSecond, peakFactor: plan.peakFactor };
  const told = { file, limits: config.limits, options: asked, service: service.because, differences };
  const found = { ...told, ...rest, cost };
  return JSON.stringify({ ...found, seconds: Object.fromEntries(columns) }, null, 2);
}
