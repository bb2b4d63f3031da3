import path from 'node:path';
import { ArtilleryMetrics, type ArtilleryEvents } from './artillery-metrics.ts';
import { environmentVariable } from './environment.ts';
import type { Context, Helpers } from './flow.ts';
import { processorEntries, type ProcessorEntries } from './processor-entries.ts';
import { processorFunction } from './processor.ts';
import { readyPace } from './ready-pace.ts';
import type { StepPlan } from './send-step.ts';
import { engineConfigSchema, paceSchema, parseOptions, ScenarioError } from './step-options.ts';
import type { StopSignal } from './stop-signal.ts';
import type { TakenSteps } from './taken-steps.ts';
import { takePace } from './take-pace.ts';
import { openAccess } from './target-access.ts';

/** The part of a script that a pace rests on; it is the user's, so unknown. */
export interface PaceConfig {
  readonly target?: unknown;
  readonly engines?: Record<string, unknown>;
  readonly processor?: unknown;
  readonly tls?: { readonly rejectUnauthorized?: unknown };
}

export interface PaceParts {
  readonly config: PaceConfig;
  readonly helpers: Pick<Helpers, 'template'>;
  readonly events: ArtilleryEvents;
  readonly stop: StopSignal;
  readonly taken: TakenSteps;
}

/**
 * From a `pace` in a scenario to its answers: reads its options, what they refer to, and what the target asks for,
 * then sends it.
 * @param place of the pace in its scenario, for messages
 * @throws ScenarioError, AuthError and what `takePace` throws; all but the last before anything is sent
 */
export async function runPace(
  spec: unknown,
  place: string,
  context: Context,
  { config, helpers, events, stop, taken }: PaceParts,
): Promise<void> {
  const { vars } = context;
  const options = parseOptions(
    engineConfigSchema,
    config.engines?.['spillway'] ?? {},
    'config.engines.spillway',
  );
  const asked = Object.assign({}, helpers.template(spec, context), options.pace);
  const scenarioFile = vars['$scenarioFile'];
  const parsed = parseOptions(paceSchema, asked, place);
  const { runId = String(vars['$testId']), socketCap, auth, ca } = options;
  taken.take(runId, parsed.name, place);
  const pace = await readyPace(parsed, scenarioFile);
  const whose = { runId, stepName: pace.name, vars };
  const makeEntries = entriesOf(pace.entry, config.processor, `${place}.entry`, whose);
  const target = targetOf(vars['target'] ?? config.target);
  const access = await openAccess(
    {
      target,
      auth,
      // It may come from a variable of the scenario.
      apiKey: helpers.template(options.apiKey, context),
      ca,
      rejectUnauthorized: config.tls?.rejectUnauthorized !== false,
      directory: typeof scenarioFile === 'string' ? path.dirname(scenarioFile) : process.cwd(),
    },
    environmentVariable,
  );
  const metrics = new ArtilleryMetrics(events);
  try {
    const plan = { ...pace, runId, target, socketCap, access, ...(makeEntries && { makeEntries }) };
    const step = await stop.during((signal) => takePace(plan, options, metrics, signal));
    if (step.report.generator.socketCapHit) events.emit('counter', 'spillway.socket_cap_hit', 1);
  } finally {
    metrics.close();
    access.close();
  }
}

/** The function that the entries are made by, checked before anything is sent; undefined where none is asked for. */
function entriesOf(
  name: string | undefined,
  processor: unknown,
  place: string,
  whose: Pick<ProcessorEntries, 'runId' | 'stepName' | 'vars'>,
): StepPlan['makeEntries'] {
  if (name === undefined) return undefined;
  const make = processorFunction(processor, name, place);
  return (sequences) => processorEntries({ ...whose, name, make }, sequences);
}

function targetOf(target: unknown): URL {
  const url = URL.parse(String(target));
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ScenarioError('config.target', [
    `found ${JSON.stringify(target)}, want a URL such as http://127.0.0.1:4510/prod`,
  ]);
}
