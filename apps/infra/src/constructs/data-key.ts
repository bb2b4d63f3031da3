import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** The key that encrypts a stage's table and logs, where that is not AWS's own; changed every year by AWS. */
export class DataKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `${Stack.of(this).stackName}: table and logs`,
      enableKeyRotation: true,
      // Without it neither a retained table nor a backup can be read; only somebody who means it deletes it. That of a
      // first deployment that failed has encrypted nothing, and goes with it.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    key.addToResourcePolicy(this.useByLogs());
    this.key = key;
  }

  /** CloudWatch Logs asks for the key itself, in the name of a log group of this stack. */
  private useByLogs(): PolicyStatement {
    const stack = Stack.of(this);
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${stack.stackName}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    });
  }
}

const KEYS: Record<Stage['encryption'], (scope: Construct, id: string) => IKey | undefined> = {
  'aws-owned': () => undefined,
  'customer-managed': (scope, id) => new DataKey(scope, id).key,
};

/** The key a stage asks for; none where AWS's own will do. */
export function createDataKey(
  scope: Construct,
  id: string,
  encryption: Stage['encryption'],
): IKey | undefined {
  return KEYS[encryption](scope, id);
}
