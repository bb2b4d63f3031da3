import { join } from 'node:path';
import type { LoadtestOptions } from '../run-loadtest.ts';
import { startLocalStage } from './local-stage-process.ts';
import type { StageAddress } from './stage-connection.ts';

/** CloudWatch keeps AWS's own metrics by the minute. */
const AWS_METRIC_PERIOD_SECONDS = 60;

/** A stage that can be addressed, and how to leave it. */
export interface OpenStage {
  readonly address: StageAddress;
  /** The stage lives and dies with this run. */
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/** Starts the local stage, or addresses a deployed one in the Region of its AWS profile. */
export async function openStage(options: LoadtestOptions): Promise<OpenStage> {
  if (options.stage === 'local') {
    const main = join(options.workspace, 'apps/local-stage/src/main.ts');
    const endpoint = options.dynamodbEndpoint;
    const local = await startLocalStage(main, [
      `--engine=${options.engine}`,
      ...(endpoint === undefined ? [] : [`--dynamodb-endpoint=${endpoint}`]),
      ...(options.meter ? ['--meter'] : []),
    ]);
    return { address: local.address, isOwn: true, close: local.stop };
  }
  return {
    address: {
      stackName: `Spillway-${options.stage}`,
      region: undefined,
      endpoint: undefined,
      credentialsProfile: options.awsProfile,
      metricPeriodSeconds: AWS_METRIC_PERIOD_SECONDS,
    },
    isOwn: false,
    close: async () => undefined,
  };
}
