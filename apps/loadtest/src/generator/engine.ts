import type { ArtilleryEvents } from './artillery-metrics.ts';
import { checkPace } from './check-pace.ts';
import { compileFlow, type Context, type Done, type Helpers, type ScenarioSpec } from './flow.ts';
import { runPace, type PaceConfig } from './run-pace.ts';
import { holdShutdown } from './shutdown-hook.ts';
import { StopSignal } from './stop-signal.ts';
import { TakenSteps } from './taken-steps.ts';

/** What Artillery hands an engine (artillery/lib/core/runner.ts). */
interface Script {
  readonly config: PaceConfig & {
    readonly phases?: unknown;
    readonly defaults?: { readonly think?: unknown };
  };
}

/**
 * Artillery engine in which one virtual user paces a whole step: `pace` sends requests open loop; `think`, `log`,
 * `function` and a scenario's hooks are Artillery's.
 * Artillery's own arrivals, one virtual user a request, burn a core and lag from about 850/s.
 */
export default class SpillwayEngine {
  readonly #script: Script;
  readonly #helpers: Helpers;
  readonly #stop = new StopSignal();
  /** Of all virtual users. */
  readonly #taken: TakenSteps;
  #hookedIn: Promise<void> | null = null;

  constructor(script: Script, _events: unknown, helpers: Helpers) {
    this.#script = script;
    this.#helpers = helpers;
    this.#taken = new TakenSteps(script.config.phases);
  }

  createScenario(scenario: ScenarioSpec, events: ArtilleryEvents): (context: Context, done: Done) => void {
    return (context, done) => {
      events.emit('started');
      this.#run(scenario, events, context).then(
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

  /**
   * Compiles the whole flow first: what its script alone shows to be wrong with its last step is said before its first
   * one sends anything.
   */
  async #run(scenario: ScenarioSpec, events: ArtilleryEvents, context: Context): Promise<void> {
    const { config } = this.#script;
    const parts = { config, helpers: this.#helpers, events, stop: this.#stop, taken: this.#taken };
    const names = new Set<string>();
    const flow = compileFlow(scenario, {
      ...parts,
      processor: config.processor,
      thinkDefaults: config.defaults?.think,
      pace: (spec, place) => {
        checkPace(spec, place, config, names);
        return (userContext) => runPace(spec, place, userContext, parts);
      },
    });
    await this.#hookIn();
    await flow(context);
  }

  /** Once for all virtual users, and before the first of them sends. */
  #hookIn(): Promise<void> {
    this.#hookedIn ??= holdShutdown().then((problem) => {
      if (problem !== null) console.error(`Ctrl-C will lose the answers of the step under way: ${problem}`);
    });
    return this.#hookedIn;
  }
}
