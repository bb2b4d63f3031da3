import type { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { privateLinkBytes } from './private-link-bytes.ts';

const START = Date.parse('2026-01-31T14:25:00Z');

describe('privateLinkBytes', () => {
  it('asks for the metric of the stack’s own endpoint by all four of its dimensions', async () => {
    const asked: GetMetricDataCommand['input'][] = [];
    const resources = [
      { ResourceType: 'AWS::EC2::VPC', PhysicalResourceId: 'vpc-1' },
      { ResourceType: 'AWS::EC2::VPCEndpoint', PhysicalResourceId: 'vpce-2' },
    ];
    const place = {
      ...{ stackName: 'Spillway-dev', region: 'eu-west-1' },
      cloudFormation: { send: async () => ({ StackResources: resources }) } as never,
      cloudWatch: {
        send: async ({ input }: GetMetricDataCommand) => {
          asked.push(input);
          return { MetricDataResults: [{ Id: 'bytes', Timestamps: [new Date(START)], Values: [4200] }] };
        },
      } as never,
    };
    const series = await privateLinkBytes(place, { startMs: START + 5000, endMs: START + 50_000 });
    expect(series).toEqual([{ atMs: START, value: 4200 }]);
    expect(asked[0]?.MetricDataQueries?.[0]?.MetricStat).toMatchObject({
      Metric: {
        Namespace: 'AWS/PrivateLinkEndpoints',
        MetricName: 'BytesProcessed',
        Dimensions: [
          { Name: 'VPC Id', Value: 'vpc-1' },
          { Name: 'VPC Endpoint Id', Value: 'vpce-2' },
          { Name: 'Endpoint Type', Value: 'Interface' },
          { Name: 'Service Name', Value: 'com.amazonaws.eu-west-1.dynamodb' },
        ],
      },
      Period: 60,
      Stat: 'Sum',
    });
  });
});
