import {
  readStageTemplateFile,
  readThrottleFile,
  throttleFile,
  type WorkspaceFiles,
} from '../workspace-files.ts';
import { compareDeployed, type DriftRow } from './compare-deployed.ts';
import { readDeployed, type DeployedStage } from './read-deployed.ts';
import { stagePlace } from './stage-place.ts';
import { readStageTemplate } from './stage-template.ts';

/** What a deployed stage is, and how it compares with this checkout. */
export interface DriftCheck {
  readonly file: string;
  readonly deployed: DeployedStage;
  readonly rows: readonly DriftRow[];
}

/**
 * Asks AWS what a stage enforces, and compares it with its throttle file and the evidence in it. Changes nothing.
 * @param profile named AWS profile; undefined leaves it to the standard credential chain
 * @throws DeployedError, WorkspaceFileError, ThrottleConfigError, RecommendationError
 */
export async function checkDeployed(
  files: WorkspaceFiles,
  stage: string,
  profile: string | undefined,
): Promise<DriftCheck> {
  const file = throttleFile(files, stage);
  const place = stagePlace(files, stage);
  const { config } = readThrottleFile(file);
  const template = await readStageTemplateFile(files, stage, readStageTemplate);
  const deployed = await readDeployed(stage, place, profile);
  return { file, deployed, rows: compareDeployed(deployed, { config, template }) };
}
