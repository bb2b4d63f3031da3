import * as z from 'zod';
import { StageError } from './stage-error.ts';

/** Days CloudWatch Logs accepts as retention, up to a year. */
const retentionDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]);

/** One stage as `config/stages.json` describes it: everything stages differ in, except their limits. */
export const stageSchema = z
  .strictObject({
    /** `never`: played on this machine only. `measured-limits`: placeholders need an explicit word. */
    deploy: z.enum(['never', 'any-limits', 'measured-limits']),
    /** What becomes of the table when the stack is destroyed. */
    tableRemoval: z.enum(['retain', 'destroy']),
    logRetentionDays: retentionDays,
    /** Both or neither; without them the stack goes wherever the AWS profile points. */
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .optional(),
  })
  .refine((stage) => (stage.account === undefined) === (stage.region === undefined), {
    error: 'account and region come together or not at all',
  });

/** `config/stages.json`, by stage name. */
export const stagesSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), stageSchema);

export type Stage = z.infer<typeof stageSchema>;
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
