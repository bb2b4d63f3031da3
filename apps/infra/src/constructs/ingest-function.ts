import type { Limits } from '@spillway/throttle';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Network } from './network.ts';

export interface IngestFunctionProps {
  /** Folder with `index.cjs`. */
  readonly bundleDir: string;
  readonly limits: Pick<Limits, 'memorySize' | 'timeoutSeconds' | 'reservedConcurrency'>;
  readonly network: Network;
  readonly tableName: string;
  readonly logRetention: RetentionDays;
}

/** The function behind the gateway; arm64 costs a fifth less per GB-second (F72). */
export class IngestFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, props: IngestFunctionProps) {
    super(scope, id);
    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundleDir),
      memorySize: props.limits.memorySize,
      timeout: Duration.seconds(props.limits.timeoutSeconds),
      reservedConcurrentExecutions: props.limits.reservedConcurrency,
      vpc: props.network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [props.network.securityGroup],
      tracing: Tracing.ACTIVE,
      logGroup: new LogGroup(this, 'Log', {
        retention: props.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      environment: {
        TABLE_NAME: props.tableName,
        POWERTOOLS_SERVICE_NAME: 'ingest',
        POWERTOOLS_METRICS_NAMESPACE: 'Spillway',
      },
    });
  }
}
