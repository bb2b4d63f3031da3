import type { TakenStep } from './run-step.ts';

/** Artillery did not come to its end by itself with exit code 0; the message carries its last words. */
export class ArtilleryRunError extends Error {
  readonly code = 'ARTILLERY_FAILED';
  readonly stepName: string;
  readonly exitCode: number | null;
  readonly output: string;

  constructor(stepName: string, ending: string, exitCode: number | null, output: string, command: string) {
    super(
      `step ${stepName}: Artillery ${ending}, want exit code 0; it said:\n${output.trim()}\nRun it by hand: ${command}`,
    );
    this.name = 'ArtilleryRunError';
    this.stepName = stepName;
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** Artillery ended well, and yet a step's file is missing or not as the engine writes it. */
export class StepResultsError extends Error {
  readonly code = 'STEP_RESULTS_UNUSABLE';
  readonly file: string;

  constructor(stepName: string, file: string, cause: unknown) {
    super(
      `step ${stepName}: ${file} can't be used (${String(cause)}), want what the engine writes at a step's end; ` +
        'see step-*.artillery.json beside it and take the step again',
      { cause },
    );
    this.name = 'StepResultsError';
    this.file = file;
  }
}

/** The caller ended the step. What was sent until then, if the engine could still write it, is in `partial`. */
export class StepAbortedError extends Error {
  readonly code = 'STEP_ABORTED';
  readonly stepName: string;
  readonly partial: TakenStep | null;

  constructor(stepName: string, partial: TakenStep | null) {
    super(`step ${stepName} was stopped after ${partial?.record.sent ?? 'an unknown number of'} requests`);
    this.name = 'StepAbortedError';
    this.stepName = stepName;
    this.partial = partial;
  }
}
