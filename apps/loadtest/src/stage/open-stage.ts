import { join } from 'node:path';
import type { LoadtestOptions } from '../run-loadtest.ts';
import { startLocalStage } from './local-stage-process.ts';
import { connectStage, type StageConnection } from './stage-connection.ts';

/** A stage of a run's own, and how to leave it. */
export interface OwnStage {
  readonly stage: StageConnection;
  close(): Promise<void>;
}

/** Starts a local stage that lives and dies with this run. */
export async function openOwnStage(options: LoadtestOptions): Promise<OwnStage> {
  const main = join(options.workspace, 'apps/local-stage/src/main.ts');
  const endpoint = options.dynamodbEndpoint;
  const local = await startLocalStage(main, [
    `--engine=${options.engine}`,
    ...(endpoint === undefined ? [] : [`--dynamodb-endpoint=${endpoint}`]),
    ...(options.meter ? ['--meter'] : []),
  ]);
  try {
    return { stage: await connectStage(local.address), close: local.stop };
  } catch (error) {
    await local.stop();
    throw error;
  }
}
