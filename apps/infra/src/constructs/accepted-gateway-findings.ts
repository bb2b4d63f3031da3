import { Validations } from 'aws-cdk-lib';
import type { Acknowledgment } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Stage } from '../stages.ts';

const ALWAYS: readonly Acknowledgment[] = [
  {
    id: 'AwsSolutions-APIG6',
    reason:
      'Execution logs would hold bodies and cost several lines a request; the access log has one line for each.',
  },
  {
    id: 'AwsSolutions-COG4',
    reason: 'Clients are services: they sign with IAM credentials, where Cognito is for people who log in.',
  },
  {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'What API Gateway itself needs to write the access log, kept up to date by AWS.',
  },
];

const BY_AUTH: Readonly<Record<Stage['auth'], readonly Acknowledgment[]>> = {
  iam: [],
  none: [
    {
      id: 'AwsSolutions-APIG4',
      reason:
        'The stage says auth: none in so many words, and synthesis names each deployed stage that does.',
    },
  ],
};

/** What the checks of cdk-nag find at a gateway, and why it stays. */
export function acceptGatewayFindings(api: IConstruct, auth: Stage['auth']): void {
  Validations.of(api).acknowledge(...ALWAYS, ...BY_AUTH[auth]);
}
