import { DescribeStackResourcesCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readMetrics, type MetricQuery, type MetricSeries } from './read-metrics.ts';

const MINUTE_SECONDS = 60;

/** Where a stage's endpoint is looked for. */
export interface EndpointPlace {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly stackName: string;
  readonly region: string;
}

/**
 * Bytes through the stack's interface endpoint in each minute, both ways (F51); empty where its endpoint is a gateway,
 * which publishes no metric (F50).
 * @param window epoch ms
 */
export async function privateLinkBytes(
  { cloudFormation, cloudWatch, stackName, region }: EndpointPlace,
  window: { readonly startMs: number; readonly endMs: number },
): Promise<MetricSeries> {
  const asked = new DescribeStackResourcesCommand({ StackName: stackName });
  const { StackResources } = await cloudFormation.send(asked);
  const idOf = (type: string): string =>
    StackResources?.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
  const bytes: MetricQuery = {
    ...{ namespace: 'AWS/PrivateLinkEndpoints', metric: 'BytesProcessed', statistic: 'Sum' },
    dimensions: {
      'VPC Id': idOf('AWS::EC2::VPC'),
      'VPC Endpoint Id': idOf('AWS::EC2::VPCEndpoint'),
      'Endpoint Type': 'Interface',
      'Service Name': `com.amazonaws.${region}.dynamodb`,
    },
  };
  const seriesOf = await readMetrics(cloudWatch, { bytes }, window, MINUTE_SECONDS);
  return seriesOf('bytes');
}
