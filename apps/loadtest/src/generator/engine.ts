import { ArtilleryMetrics, type ArtilleryEvents } from './artillery-metrics.ts';
import { sendStep } from './send-step.ts';
import { writeStep } from './step-files.ts';
import { engineConfigSchema, paceSchema, parseOptions, ScenarioError, type Pace } from './step-options.ts';
import { stopSignal } from './stop-signal.ts';

/** What Artillery hands an engine (artillery/lib/core/runner.ts): scripts and contexts are the user's, so unknown. */
interface Script {
  readonly config: { readonly target?: unknown; readonly engines?: Record<string, unknown> };
}
interface Helpers {
  template(value: unknown, context: Context): unknown;
  createThink(step: object): (context: Context, done: Done) => void;
}
interface Context {
  readonly vars: Record<string, unknown>;
}
type Done = (error: Error | null, context: Context) => void;
type FlowStep = (context: Context) => Promise<void>;

/**
 * Artillery engine in which one virtual user paces a whole step: `pace` sends requests open loop, `think` waits.
 * Artillery's own arrivals, one virtual user a request, burn a core and lag from about 850/s.
 */
export default class SpillwayEngine {
  readonly #script: Script;
  readonly #helpers: Helpers;

  constructor(script: Script, _events: unknown, helpers: Helpers) {
    this.#script = script;
    this.#helpers = helpers;
  }

  /** @throws ScenarioError for a flow with steps this engine doesn't know */
  createScenario(
    scenario: { flow?: unknown },
    events: ArtilleryEvents,
  ): (context: Context, done: Done) => void {
    if (!Array.isArray(scenario.flow))
      throw new ScenarioError('flow', ['want a list of pace and think steps']);
    const steps = scenario.flow.map((step: unknown, i) => this.#step(step, i, events));
    return (context, done) => {
      events.emit('started');
      runInTurn(steps, context).then(
        () => done(null, context),
        (error: Error) => {
          events.emit('error', (error as { code?: string }).code ?? error.name);
          console.error(error.message);
          // A step that could not be taken must not leave Artillery with exit code 0.
          const { artillery } = globalThis as { artillery?: { suggestedExitCode: number } };
          if (artillery) artillery.suggestedExitCode = 1;
          done(error, context);
        },
      );
    };
  }

  #step(step: unknown, index: number, events: ArtilleryEvents): FlowStep {
    const place = `flow[${index}]`;
    const asked = step !== null && typeof step === 'object' ? step : {};
    if ('pace' in asked) return (context) => this.#pace(asked.pace, place, context, events);
    if ('think' in asked) return promised(this.#helpers.createThink(asked));
    throw new ScenarioError(place, [
      `found ${Object.keys(asked).join(', ') || JSON.stringify(step)}, want pace or think`,
    ]);
  }

  async #pace(spec: unknown, place: string, context: Context, events: ArtilleryEvents): Promise<void> {
    const config = parseOptions(
      engineConfigSchema,
      this.#script.config.engines?.['spillway'] ?? {},
      'config.engines.spillway',
    );
    const asked = Object.assign({}, this.#helpers.template(spec, context), config.pace);
    const pace: Pace = parseOptions(paceSchema, asked, `${place}.pace`);
    const metrics = new ArtilleryMetrics(events);
    try {
      const step = await sendStep(
        {
          ...pace,
          runId: config.runId ?? String(context.vars['$testId']),
          target: targetOf(context.vars['target'] ?? this.#script.config.target),
          socketCap: config.socketCap,
        },
        metrics,
        stopSignal(),
      );
      if (step.report.generator.socketCapHit) events.emit('counter', 'spillway.socket_cap_hit', 1);
      if (config.resultsDirectory !== undefined) await writeStep(config.resultsDirectory, pace.name, step);
    } finally {
      metrics.close();
    }
  }
}

async function runInTurn(steps: readonly FlowStep[], context: Context): Promise<void> {
  for (const step of steps) await step(context);
}

function promised(step: (context: Context, done: Done) => void): FlowStep {
  return (context) =>
    new Promise((resolve, reject) => step(context, (error) => (error ? reject(error) : resolve())));
}

function targetOf(target: unknown): URL {
  const url = URL.parse(String(target));
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ScenarioError('config.target', [
    `found ${JSON.stringify(target)}, want a URL such as http://127.0.0.1:4510/prod`,
  ]);
}
