import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readPlaceVariables } from '../environment.ts';
import { WorkspaceFileError, type WorkspaceFiles } from '../workspace-files.ts';
import { DeployedError } from './deployed-error.ts';

/** Where a stage is meant to be; undefined leaves it to the AWS profile. */
export interface StagePlace {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/** infra's file: as much of it as says where a stage goes. */
const stagesSchema = z.record(
  z.string(),
  z.looseObject({ account: z.string().optional(), region: z.string().optional() }),
);

/**
 * Account and Region of a stage, from `stages.json` beside the throttle files; the environment wins over it.
 * @throws WorkspaceFileError, DeployedError `STAGE_UNKNOWN`
 */
export function stagePlace(
  { config }: Pick<WorkspaceFiles, 'config'>,
  stage: string,
  variables = readPlaceVariables(stage),
): StagePlace {
  const file = join(config, 'stages.json');
  let stages: z.infer<typeof stagesSchema>;
  try {
    stages = stagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new WorkspaceFileError(file, 'it says which account and Region a stage is in', cause);
  }
  const found = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (found === undefined) {
    const known = Object.keys(stages).join(', ');
    throw new DeployedError(
      'STAGE_UNKNOWN',
      `stages.json: no stage "${stage}", want one of ${known}; name one by --stage`,
    );
  }
  return { accountId: variables.account ?? found.account, region: variables.region ?? found.region };
}
