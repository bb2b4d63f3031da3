import * as z from 'zod';
import { StageError } from './stage-error.ts';
import { stageSchema } from './stage-schema.ts';
import type { Stage } from './stage-schema.ts';

/** `config/stages.json`, by stage name. */
export const stagesSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), stageSchema);

export type { Stage } from './stage-schema.ts';
export type Stages = z.infer<typeof stagesSchema>;

/**
 * Text of the stages file → stages.
 * @throws StageError `STAGES_INVALID`
 */
export function parseStages(text: string, file: string): Stages {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StageError('STAGES_INVALID', `${file}: not JSON: ${String(cause)}`, cause);
  }
  const parsed = stagesSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`);
  throw new StageError('STAGES_INVALID', `${file}: ${issues.join('; ')}`, parsed.error);
}

/**
 * The stage of that name.
 * @throws StageError `STAGE_UNKNOWN`
 */
export function requireStage(stages: Stages, name: string): Stage {
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (stage !== undefined) return stage;
  const known = Object.keys(stages).join(', ');
  throw new StageError(
    'STAGE_UNKNOWN',
    `stage ${JSON.stringify(name)} is unknown, want one of ${known}; say --stage=<name>, or add it to apps/infra/config/stages.json`,
  );
}

/** Name of the CloudFormation stack of a stage. */
export function stackName(stage: string): string {
  return `Spillway-${stage}`;
}
