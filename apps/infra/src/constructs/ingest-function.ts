import type { Limits } from '@spillway/throttle';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { createLogGroup } from './log-settings.ts';
import type { LogSettings } from './log-settings.ts';
import type { Network } from './network.ts';

export interface IngestFunctionProps {
  /** Folder with `index.cjs`. */
  readonly bundleDir: string;
  readonly limits: Pick<Limits, 'memorySize' | 'timeoutSeconds' | 'reservedConcurrency'>;
  readonly network: Network;
  /** Where the table is, and what it is called. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logs: LogSettings;
}

const SERVICE_ROLE_POLICY = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role';

/** What the checks of cdk-nag find here, and why it stays. */
const ACCEPTED_FINDINGS = [
  {
    id: `${SERVICE_ROLE_POLICY}/AWSLambdaBasicExecutionRole]`,
    reason: 'Log lines only: what Lambda itself needs, kept up to date by AWS.',
  },
  {
    id: `${SERVICE_ROLE_POLICY}/AWSLambdaVPCAccessExecutionRole]`,
    reason: 'Network interfaces of the subnets: what Lambda itself needs, kept up to date by AWS.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Traces: X-Ray knows no resources. The table is granted by its ARN.',
  },
  {
    id: 'Serverless-LambdaDLQ',
    reason:
      'Called synchronously: the client has the answer and tries again; a dead letter queue would stay empty.',
  },
];

/** The function behind the gateway; arm64 costs a fifth less per GB-second (F72). */
export class IngestFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: IngestFunctionProps) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Log', props.logs);
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
      logGroup: this.logGroup,
      environment: props.environment,
      // Where versions are made: the one before stays, so that the alias can be put back by hand. That of a deployment
      // that was rolled back goes, or the same code could not be deployed again.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    Validations.of(this.function).acknowledge(...ACCEPTED_FINDINGS);
  }
}
