import { only, synthesizedStack } from '../../__fixtures__/synthesized-stack.ts';

describe('FlowLogs', () => {
  const template = synthesizedStack();
  const { Properties } = only(template, 'AWS::EC2::FlowLog');
  const fields = Properties.LogFormat.split(' ');

  it('logs all traffic of the network by the minute, with the fields that tell the throughput', () => {
    expect(Properties).toMatchObject({
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      MaxAggregationInterval: 60,
      LogDestinationType: 'cloud-watch-logs',
    });
    expect(fields).toEqual(
      expect.arrayContaining([
        '${bytes}',
        '${flow-direction}',
        '${traffic-path}',
        '${pkt-dst-aws-service}',
        '${pkt-src-aws-service}',
      ]),
    );
  });

  it('saves a query that reads the line as it is written', () => {
    const { QueryString } = only(template, 'AWS::Logs::QueryDefinition').Properties;
    const [, stars, columns] = /parse @message "([* ]+)" as (.*)/.exec(QueryString) ?? [];
    expect(stars?.split(' ')).toHaveLength(fields.length);
    expect(columns?.split(', ').map((column) => `\${${column.replaceAll('_', '-')}}`)).toEqual(fields);
    expect(QueryString).toMatch(/filter .*pkt_dst_aws_service = "DYNAMODB"/);
    expect(QueryString).toMatch(/stats sum\(bytes\) \* 8 \/ 60 .* by bin\(60s\), flow_direction/);
  });
});
