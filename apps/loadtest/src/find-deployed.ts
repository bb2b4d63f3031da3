import { findStage, type FoundStage } from './stage/stage-connection.ts';
import { readStagePlace, refuseOtherAccount } from './stage/stage-place.ts';

/** CloudWatch keeps AWS's own metrics by the minute. */
export const AWS_METRIC_PERIOD_SECONDS = 60;

/** Which deployed stage, and who asks. */
export interface DeployedQuestion {
  readonly stage: string;
  /** Folder of `stages.json`. */
  readonly configDir: string;
  readonly awsProfile?: string;
  readonly metricPeriod?: number;
  readonly variable: (name: string) => string | undefined;
}

/**
 * Finds a deployed stage where its configuration says that it is.
 * @throws StagePlaceError where the configuration knows no such stage, or the credentials are another account's
 */
export async function findDeployed(question: DeployedQuestion): Promise<FoundStage> {
  const { stage, configDir, awsProfile, metricPeriod, variable } = question;
  const place = readStagePlace(configDir, stage, variable);
  const found = await findStage({
    stackName: `Spillway-${stage}`,
    region: place.region,
    endpoint: undefined,
    credentialsProfile: awsProfile,
    metricPeriodSeconds: metricPeriod ?? AWS_METRIC_PERIOD_SECONDS,
  });
  refuseOtherAccount(place, found);
  return found;
}
