import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** Asked by AWS to confirm before anything is sent. @default nobody is told; subscribe whatever tells your people */
  readonly email?: string;
  /** @default not encrypted at rest: alarms carry figures, never entries */
  readonly encryptionKey?: IKey;
}

/** Where a stage's alarms are told. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email, encryptionKey }: AlarmTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true, masterKey: encryptionKey });
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    // A policy of our own replaces the default one, by which the account's alarms may publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': this.alarmsOfThisStage() } },
      }),
    );
    // No condition: that CloudWatch tells the key which alarm it is for is unverified.
    encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
    Validations.of(this.topic).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'A mail that can not be delivered is not data: the alarm stays in CloudWatch, on the dashboard.',
    });
  }

  /** By pattern: a policy that named the alarms would go round in a circle with them. */
  private alarmsOfThisStage(): string {
    const stack = Stack.of(this);
    return stack.formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: `${stack.stackName}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
