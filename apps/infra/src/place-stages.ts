import { StageError } from './stage-error.ts';
import { stageSchema } from './stage-schema.ts';
import type { Stage } from './stage-schema.ts';
import type { Stages } from './stages.ts';

/** An environment variable that says where a stage goes. */
export interface PlaceVariable {
  /** Its name, for messages. */
  readonly variable: string;
  readonly stage: string;
  readonly field: 'account' | 'region';
  readonly value: string;
}

/**
 * Stages as the environment places them: a variable wins over the file, so that account numbers need not be in it.
 * @throws StageError `STAGE_UNKNOWN`, so that a misspelt variable never leaves a stage unpinned; `STAGES_INVALID`
 */
export function placeStages(stages: Stages, variables: readonly PlaceVariable[]): Stages {
  const stray = variables.find(({ stage }) => !Object.hasOwn(stages, stage));
  if (stray) {
    const known = Object.keys(stages).join(', ');
    throw new StageError(
      'STAGE_UNKNOWN',
      `${stray.variable}: no stage "${stray.stage}", want one of ${known}; correct or unset the variable`,
    );
  }
  return Object.fromEntries(
    Object.entries(stages).map(([name, stage]) => [
      name,
      placeStage(
        stage,
        variables.filter((variable) => variable.stage === name),
      ),
    ]),
  );
}

function placeStage(stage: Stage, variables: readonly PlaceVariable[]): Stage {
  if (variables.length === 0) return stage;
  const place = Object.fromEntries(variables.map(({ field, value }) => [field, value]));
  const parsed = stageSchema.safeParse({ ...stage, ...place });
  if (parsed.success) return parsed.data;
  const found = variables.map(({ variable, value }) => `${variable}=${value}`).join(', ');
  const issues = parsed.error.issues.map(({ message }) => message).join('; ');
  throw new StageError(
    'STAGES_INVALID',
    `${found}: ${issues}; want an account of 12 digits and a Region such as eu-west-1`,
    parsed.error,
  );
}
