import { ScenarioError } from './step-options.ts';

/**
 * The steps that one engine has begun, so that none is sent twice: a second virtual user would repeat every id and
 * write its answers over those of the first.
 */
export class TakenSteps {
  readonly #taken = new Set<string>();
  readonly #isOneOfMany: boolean;

  /** @param phases `config.phases` as Artillery hands them to one of its worker threads */
  constructor(phases: unknown) {
    // Artillery spreads rates over threads, each with an engine of its own (artillery/lib/dist.ts).
    this.#isOneOfMany = [phases]
      .flat()
      .some((phase) => ((phase as { totalWorkers?: number } | undefined)?.totalWorkers ?? 1) > 1);
  }

  /** @throws ScenarioError when the step is under way or over, here or in another thread of Artillery's */
  take(runId: string, stepName: string, place: string): void {
    const step = `${runId}/${stepName}`;
    if (this.#isOneOfMany || this.#taken.has(step)) {
      throw new ScenarioError(place, [
        `found step ${stepName} asked for by more than one virtual user or pace, want it once: phases: ` +
          '[{ duration: 10ms, arrivalCount: 1 }], and a name of its own for each pace',
      ]);
    }
    this.#taken.add(step);
  }
}
