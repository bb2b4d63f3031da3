import { Stack, Validations } from 'aws-cdk-lib';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** What the rule counts over, s. */
const WINDOW_SECONDS = 300;

/** What a blocked address is asked to wait, s: the count falls as the window moves on, and the address may be a whole team's. */
const RETRY_AFTER_SECONDS = 60;

/** Key of the answer's body. */
const BODY = 'throttled';

export interface FirewallProps {
  /** Highest number of requests of one address within five minutes. */
  readonly requestsPerFiveMinutes: number;
  /** ARN of the REST API's stage; an HTTP API takes no firewall (F6). */
  readonly apiStageArn: string;
}

/**
 * Blocks addresses that send far more than anybody should, before the bucket that all clients share is spent on them. It
 * answers as a throttle does, so that a client waits instead of giving its entries up, and counts late: it caps abuse, the
 * throttle caps load.
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { requestsPerFiveMinutes, apiStageArn }: FirewallProps) {
    super(scope, id);
    const name = `${Stack.of(this).stackName}-firewall`;
    const observed = { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
    const acl = new CfnWebACL(this, 'WebAcl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: { ...observed, metricName: name },
      // The words of a throttle (F10).
      customResponseBodies: {
        [BODY]: { contentType: 'APPLICATION_JSON', content: '{"message":"Too Many Requests"}' },
      },
      rules: [
        {
          name: 'requests-of-one-address',
          priority: 0,
          action: {
            block: {
              customResponse: {
                responseCode: 429,
                customResponseBodyKey: BODY,
                responseHeaders: [{ name: 'Retry-After', value: String(RETRY_AFTER_SECONDS) }],
              },
            },
          },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: requestsPerFiveMinutes,
              evaluationWindowSec: WINDOW_SECONDS,
            },
          },
          visibilityConfig: { ...observed, metricName: `${name}-rate` },
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: apiStageArn, webAclArn: acl.attrArn });
  }
}

/** The firewall a stage asks for; none where it asks for none. */
export function addFirewall(
  scope: Construct,
  id: string,
  settings: Stage['firewall'],
  apiStageArn: string,
): void {
  if (settings) {
    new Firewall(scope, id, { ...settings, apiStageArn });
    return;
  }
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-APIG3',
    reason:
      'The stage asks for no firewall: its throttle caps the load, and one address may be a whole team.',
  });
}
