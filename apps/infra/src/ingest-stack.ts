import type { Limits } from '@spillway/throttle';
import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLog } from './constructs/access-log.ts';
import { EntriesTable } from './constructs/entries-table.ts';
import { IngestFunction } from './constructs/ingest-function.ts';
import { IngestRestApi } from './constructs/ingest-rest-api.ts';
import { Network } from './constructs/network.ts';
import type { Stage } from './stages.ts';

export interface IngestStackProps extends StackProps {
  readonly stage: Stage;
  readonly limits: Limits;
  /** Folder that becomes the function's code. */
  readonly bundleDir: string;
}

/** One stage: gateway → function → table. */
export class IngestStack extends Stack {
  constructor(scope: Construct, id: string, props: IngestStackProps) {
    super(scope, id, props);
    const { stage, limits, bundleDir } = props;

    const network = new Network(this, 'Network');
    const entries = new EntriesTable(this, 'Entries', { removal: stage.tableRemoval });
    const ingest = new IngestFunction(this, 'Ingest', {
      bundleDir,
      limits,
      network,
      tableName: entries.table.tableName,
      logRetention: stage.logRetentionDays,
    });
    const accessLog = new AccessLog(this, 'AccessLog', { retention: stage.logRetentionDays });
    const api = new IngestRestApi(this, 'Api', { handler: ingest.function, limits, accessLog });

    entries.allowInsertsBy(ingest.function);
    entries.allowInsertsThrough(network.tableEndpoint);

    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'RestApiId', { value: api.restApi.restApiId });
    new CfnOutput(this, 'ApiStageName', { value: api.restApi.deploymentStage.stageName });
    new CfnOutput(this, 'FunctionName', { value: ingest.function.functionName });
    new CfnOutput(this, 'TableName', { value: entries.table.tableName });
  }

  /** Zones picked at deployment, also where account and Region are known: CDK would ask AWS for them at synthesis. */
  override get availabilityZones(): string[] {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }
}
