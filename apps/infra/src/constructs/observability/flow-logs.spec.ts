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
  });

  it('saves a query that a line chart takes: a column for each direction, and no group but time', () => {
    const { QueryString } = only(template, 'AWS::Logs::QueryDefinition').Properties;
    const [, stats] = /\| stats (.*)$/s.exec(QueryString) ?? [];
    const [columns, groups] = stats?.split(' by ') ?? [];
    expect(groups).toBe('bin(60s)');
    expect(columns).toContain('sum(bytes * strcontains(flow_direction, "egress")) * 8 / 60 as to_table');
    expect(columns).toContain('sum(bytes * strcontains(flow_direction, "ingress")) * 8 / 60 as from_table');
  });

  it('saves none where it would stay empty: an interface endpoint is an address of the network', () => {
    const inside = synthesizedStack({ stage: { tableEndpoint: 'interface' } });
    inside.resourceCountIs('AWS::EC2::FlowLog', 1);
    inside.resourceCountIs('AWS::Logs::QueryDefinition', 0);
  });
});
