import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** How long a stage's logs are kept, and who can read them at rest. */
export interface LogSettings {
  readonly retention: RetentionDays;
  /** @default CloudWatch's own key */
  readonly encryptionKey?: IKey;
}

/** A log group that goes with its stack: logs explain what happened, they are not the data. */
export function createLogGroup(scope: Construct, id: string, settings: LogSettings): LogGroup {
  return new LogGroup(scope, id, { ...settings, removalPolicy: RemovalPolicy.DESTROY });
}
