import { readThroughput } from './table-throughput.ts';
import { ResolvedStack } from './resolved-stack.ts';

type Source = ConstructorParameters<typeof ResolvedStack>[0];

const throughputOf = (type: string, properties: Record<string, unknown>) => {
  const template = { Resources: { T: { Type: `AWS::DynamoDB::${type}`, Properties: properties } } };
  const source = {
    templateFile: 'T.template.json',
    stackName: 'T',
    template,
    given: { parameterValues: new Map(), importedValues: new Map() },
  } as unknown as Source;
  const stack = new ResolvedStack(source, 'eu-west-1', '000000000000');
  const throughput = readThroughput(stack, stack.resources[0]!);
  return { throughput, notPlayed: [...stack.notPlayed] };
};

describe('readThroughput', () => {
  it.each<[string, string, Record<string, unknown>, unknown]>([
    [
      'a table is provisioned where it says nothing',
      'Table',
      { ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: '4' } },
      {
        billingMode: 'PROVISIONED',
        read: { provisionedPerSecond: 3 },
        write: { provisionedPerSecond: 4 },
      },
    ],
    [
      'on demand with a maximum of its own (F45)',
      'Table',
      { BillingMode: 'PAY_PER_REQUEST', OnDemandThroughput: { MaxWriteRequestUnits: 10 } },
      { billingMode: 'PAY_PER_REQUEST', read: {}, write: { maximumPerSecond: 10 } },
    ],
    [
      'a maximum of -1 is none',
      'Table',
      { BillingMode: 'PAY_PER_REQUEST', OnDemandThroughput: { MaxWriteRequestUnits: -1 } },
      { billingMode: 'PAY_PER_REQUEST', read: {}, write: {} },
    ],
    [
      'warm throughput',
      'GlobalTable',
      {
        BillingMode: 'PAY_PER_REQUEST',
        WarmThroughput: { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 8_000 },
      },
      { billingMode: 'PAY_PER_REQUEST', read: { warmPerSecond: 20_000 }, write: { warmPerSecond: 8_000 } },
    ],
    [
      'a global table caps reads by replica, in its Region',
      'GlobalTable',
      {
        BillingMode: 'PAY_PER_REQUEST',
        WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 7 },
        Replicas: [
          { Region: 'us-east-1', ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 1 } },
          {
            Region: { Ref: 'AWS::Region' },
            ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 8 },
            KinesisStreamSpecification: { StreamArn: { 'Fn::GetAtt': ['Gone', 'Arn'] } },
          },
        ],
      },
      { billingMode: 'PAY_PER_REQUEST', read: { maximumPerSecond: 8 }, write: { maximumPerSecond: 7 } },
    ],
    [
      'what scales by itself stays where it starts',
      'GlobalTable',
      {
        BillingMode: 'PROVISIONED',
        WriteProvisionedThroughputSettings: {
          WriteCapacityAutoScalingSettings: { MinCapacity: 2, MaxCapacity: 90, SeedCapacity: 5 },
        },
        Replicas: [
          {
            Region: 'eu-west-1',
            ReadProvisionedThroughputSettings: {
              ReadCapacityAutoScalingSettings: { MinCapacity: 3, MaxCapacity: 90 },
            },
          },
        ],
      },
      {
        billingMode: 'PROVISIONED',
        read: { provisionedPerSecond: 3 },
        write: { provisionedPerSecond: 5 },
      },
    ],
  ])('%s', (_why, type, properties, throughput) => {
    expect(throughputOf(type, properties)).toEqual({ throughput, notPlayed: [] });
  });

  it('names a throughput that has no value here, and takes it for none', () => {
    const { throughput, notPlayed } = throughputOf('Table', { BillingMode: 'SOMETIMES' });
    expect(throughput).toEqual({ billingMode: 'PAY_PER_REQUEST', read: {}, write: {} });
    expect(notPlayed).toEqual(['throughput of T (BillingMode)']);
  });
});
