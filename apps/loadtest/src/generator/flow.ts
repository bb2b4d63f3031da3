import type { ArtilleryEvents } from './artillery-metrics.ts';
import { callHook, processorFunction } from './processor.ts';
import { ScenarioError } from './step-options.ts';
import type { StopSignal } from './stop-signal.ts';

/** What Artillery gives every step of a virtual user (artillery/lib/core/runner.ts). */
export interface Context {
  readonly vars: Record<string, unknown>;
}

export type Done = (error: Error | null | undefined, context: Context) => void;

/** The part of Artillery's own step functions (artillery/lib/commons/engine_util.ts) that the engine builds on. */
export interface Helpers {
  template(value: unknown, context: Context): unknown;
  createThink(step: object, defaults?: unknown): (context: Context, done: Done) => void;
}

/** One step of a flow, ready to be taken. */
type FlowStep = (context: Context) => Promise<void>;

export interface FlowParts {
  readonly helpers: Helpers;
  /** What `config.processor` loaded to. */
  readonly processor: unknown;
  readonly thinkDefaults: unknown;
  readonly events: ArtilleryEvents;
  readonly stop: StopSignal;
  /** Compiles a `pace`; what its script alone shows to be wrong is thrown now. */
  readonly pace: (spec: unknown, place: string) => FlowStep;
}

/** A scenario as Artillery hands it over. */
export interface ScenarioSpec {
  readonly flow?: unknown;
  readonly beforeScenario?: unknown;
  readonly afterScenario?: unknown;
}

/**
 * A scenario's steps in turn, until one fails or the run is stopped. Hooks are steps before and after its flow, as in
 * Artillery's own engines.
 * @throws ScenarioError for a step that this engine doesn't know, or a function that the processor hasn't
 */
export function compileFlow(scenario: ScenarioSpec, parts: FlowParts): FlowStep {
  const { flow } = scenario;
  if (!Array.isArray(flow)) throw new ScenarioError('flow', [`want a list of steps: ${KNOWN}`]);
  const steps = [
    ...hooksOf(scenario.beforeScenario, 'beforeScenario', parts),
    ...flow.map((step: unknown, i) => compileStep(step, `flow[${i}]`, parts)),
    ...hooksOf(scenario.afterScenario, 'afterScenario', parts),
  ];
  return async (context) => {
    for (const step of steps) {
      if (parts.stop.isStopped) return;
      await step(context);
    }
  };
}

const KNOWN = 'pace, think, log or function';

function compileStep(step: unknown, place: string, parts: FlowParts): FlowStep {
  const asked = step !== null && typeof step === 'object' ? step : {};
  if ('pace' in asked) return parts.pace(asked.pace, `${place}.pace`);
  if ('think' in asked) {
    const think = parts.helpers.createThink(asked, parts.thinkDefaults ?? {});
    return (context) => parts.stop.unlessStopped(promised(think, context));
  }
  if ('log' in asked) {
    return async (context) => console.log(parts.helpers.template(asked.log, context));
  }
  if ('function' in asked) return hook(asked.function, `${place}.function`, parts);
  const found = Object.keys(asked).join(', ') || JSON.stringify(step);
  throw new ScenarioError(place, [`found ${found}, want ${KNOWN}`]);
}

function hooksOf(names: unknown, place: string, parts: FlowParts): FlowStep[] {
  if (names === undefined || names === null) return [];
  return [names].flat().map((name: unknown) => hook(name, place, parts));
}

function hook(name: unknown, place: string, { processor, events, stop }: FlowParts): FlowStep {
  const called = processorFunction(processor, name, place);
  return (context) => stop.unlessStopped(callHook(called, context, events));
}

function promised(step: (context: Context, done: Done) => void, context: Context): Promise<void> {
  return new Promise((resolve, reject) => step(context, (error) => (error ? reject(error) : resolve())));
}
