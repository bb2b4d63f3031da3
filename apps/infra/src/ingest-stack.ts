import type { ThrottleConfig } from '@spillway/throttle';
import { Fn, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLog } from './constructs/access-log.ts';
import { createDataKey } from './constructs/data-key.ts';
import { EntriesTable } from './constructs/entries-table.ts';
import { addFirewall } from './constructs/firewall.ts';
import { createIngestApi } from './constructs/ingest-api.ts';
import { IngestFunction } from './constructs/ingest-function.ts';
import { Network } from './constructs/network.ts';
import { AlarmTopic } from './constructs/observability/alarm-topic.ts';
import { endpointGraphs } from './constructs/observability/endpoint-graphs.ts';
import { FlowLogs } from './constructs/observability/flow-logs.ts';
import { Observability } from './constructs/observability/observability.ts';
import { createRollout } from './constructs/rollout.ts';
import { addOutputs, tagAll } from './constructs/stack-marks.ts';
import { connectTable } from './constructs/table-endpoint.ts';
import type { Stage } from './stages.ts';
import { warmWriteUnits } from './warm-write-units.ts';

export interface IngestStackProps extends StackProps {
  readonly stage: Stage;
  readonly throttle: ThrottleConfig;
  /** Folder that becomes the function's code. */
  readonly bundleDir: string;
  /** Whether new code takes over whatever the alarms say. @default they stop it */
  readonly ignoreAlarms?: boolean;
}

/** One stage: gateway → function → table. */
export class IngestStack extends Stack {
  constructor(scope: Construct, id: string, props: IngestStackProps) {
    super(scope, id, { ...props, terminationProtection: props.stage.deletionProtection });
    const { stage, throttle, bundleDir } = props;
    const { limits } = throttle;
    const encryptionKey = createDataKey(this, 'Encryption', stage.encryption);
    const logs = { retention: stage.logRetentionDays, encryptionKey };

    const network = new Network(this, 'Network');
    const tableEndpoint = connectTable(network, stage.tableEndpoint);
    const entries = new EntriesTable(this, 'Entries', {
      removal: stage.tableRemoval,
      deletionProtection: stage.deletionProtection,
      encryptionKey,
      warmWriteUnitsPerSecond: warmWriteUnits(throttle, stage),
    });
    const ingest = new IngestFunction(this, 'Ingest', {
      bundleDir,
      limits,
      network,
      environment: { TABLE_NAME: entries.table.tableName, ...tableEndpoint.environment },
      logs,
    });
    entries.allowInsertsBy(ingest.function);
    entries.allowInsertsThrough(tableEndpoint);

    const rollout = createRollout(this, 'Rollout', {
      kind: stage.rollout,
      function: ingest.function,
      ignoreAlarms: props.ignoreAlarms ?? false,
    });
    const accessLog = new AccessLog(this, 'AccessLog', logs);
    const { auth, clients, batchShare } = stage;
    const { handler } = rollout;
    const api = createIngestApi(this, 'Api', stage.api, {
      handler,
      limits,
      batchShare,
      auth,
      clients,
      accessLog,
    });

    addFirewall(this, 'Firewall', stage.firewall, api.stageArn);

    const { topic } = new AlarmTopic(this, 'AlarmTopic', { email: stage.alarmEmail, encryptionKey });
    const flowLogs = new FlowLogs(this, 'FlowLogs', {
      vpc: network.vpc,
      logs,
      tableEndpoint: stage.tableEndpoint,
    });
    const observability = new Observability(this, 'Observability', {
      stage,
      throttle,
      topic,
      parts: {
        apiMetrics: api.metrics,
        accessLog,
        ingest,
        table: entries.table,
        endpoint: endpointGraphs({ tableEndpoint, vpc: network.vpc, flowLogs }),
      },
    });
    rollout.rollBackOn(observability.rollbackAlarms);

    tagAll(this, { service: 'spillway', stage: throttle.stage, ...stage.tags });
    addOutputs(this, {
      ApiUrl: api.url,
      ...api.idOutput,
      ApiStageName: api.stageName,
      FunctionName: ingest.function.functionName,
      FunctionAlias: rollout.aliasName,
      TableName: entries.table.tableName,
    });
  }

  /** Zones picked at deployment, also where account and Region are known: CDK would ask AWS for them at synthesis. */
  override get availabilityZones(): string[] {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }
}
