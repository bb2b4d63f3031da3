import { Match } from 'aws-cdk-lib/assertions';
import type { Template } from 'aws-cdk-lib/assertions';
import { stageVariants } from '../../__fixtures__/stage-variants.ts';
import { only, propertiesOf, synthesizedStack } from '../../__fixtures__/synthesized-stack.ts';

/** Properties of the alarm of that name. */
function alarm(template: Template, name: string) {
  const found = propertiesOf(template, 'AWS::CloudWatch::Alarm').filter(
    ({ AlarmName }) => AlarmName === `Stack-${name}`,
  );
  expect(found).toHaveLength(1);
  return found[0];
}

/** Metrics that an alarm of an expression counts with, by id. */
function metricsOf({
  Metrics,
}: {
  Metrics: { Id: string; MetricStat?: { Metric: { MetricName: string } } }[];
}) {
  return Object.fromEntries(
    Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat.Metric.MetricName]] : [])),
  );
}

const clients = [{ name: 'team', quota: { requests: 5, period: 'day' as const } }];

describe('Observability', () => {
  const template = synthesizedStack({
    stage: { latencyAlarmMs: 321, clients },
    limits: { reservedConcurrency: 12, rateLimit: 250, timeoutSeconds: 7 },
  });
  const http = synthesizedStack({ stage: { api: 'http' } });
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');

  it.each([
    ['server-errors', 1],
    ['throttled', 5],
    ['quota-refused', 0],
    ['function-errors', 0],
    ['function-throttles', 0],
    ['store-unavailable', 0],
    ['table-throttles', 0],
    ['latency', 321],
  ])('has an alarm %s above %d', (name, threshold) => {
    expect(alarm(template, name)).toMatchObject({
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  it.each([
    [12, 9],
    [10, 7],
    [1, 0],
  ])('fires from 80 %% of a reserved concurrency of %d on, which is above %d', (reserved, above) => {
    const changed = synthesizedStack({ limits: { reservedConcurrency: reserved } });
    expect(alarm(changed, 'concurrency')).toMatchObject({
      MetricName: 'ConcurrentExecutions',
      Statistic: 'Maximum',
      Threshold: above,
    });
    expect(above + 1).toBeGreaterThanOrEqual(0.8 * reserved);
    expect(above).toBeLessThan(0.8 * reserved);
  });

  it('says of each alarm what it means and what to run first, and takes silence for a quiet stage', () => {
    expect(alarms.length).toBe(9);
    for (const { AlarmDescription, TreatMissingData } of alarms) {
      expect(JSON.stringify(AlarmDescription)).toMatch(/\. First: (aws|npx) /);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  it.each([
    ['no clients', []],
    ['clients without a quota', [{ name: 'team' }]],
  ])('watches no quota where a stage has %s', (_what, some) => {
    const stack = synthesizedStack({ stage: { clients: some } });
    expect(propertiesOf(stack, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName)).toEqual(
      alarms.map(({ AlarmName }) => AlarmName).filter((name) => name !== 'Stack-quota-refused'),
    );
  });

  it('says how a fix gets past the alarms that stop a deployment, and of no others', () => {
    const stepped = synthesizedStack({ stage: { rollout: 'canary-10-percent-5-minutes', clients } });
    const stopping = (stack: Template) =>
      propertiesOf(stack, 'AWS::CloudWatch::Alarm')
        .filter(({ AlarmDescription }) =>
          JSON.stringify(AlarmDescription).includes('npx nx deploy infra --stage=dev --ignore-alarms'),
        )
        .map(({ AlarmName }) => AlarmName)
        .sort();
    expect(stopping(stepped)).toEqual(['Stack-function-errors', 'Stack-latency', 'Stack-server-errors']);
    expect(stopping(template)).toEqual([]);
  });

  it('tells the topic of each alarm, when it begins and when it is over', () => {
    const topic = [{ Ref: Object.keys(template.findResources('AWS::SNS::Topic'))[0] }];
    for (const { AlarmActions, OKActions } of alarms)
      expect([AlarmActions, OKActions]).toEqual([topic, topic]);
  });

  it.each([
    ['REST', template, '5XXError'],
    ['HTTP', http, '5xx'],
  ])('counts 5xx of a %s API as a share of its requests', (_kind, stack, name) => {
    const found = alarm(stack, 'server-errors');
    expect(metricsOf(found)).toEqual({ part: name, whole: 'Count' });
    expect(JSON.stringify(found)).toContain('100 * part / whole');
  });

  it('counts throttled requests and quota refusals apart, from the access log', () => {
    const filters = propertiesOf(template, 'AWS::Logs::MetricFilter').map(
      ({ FilterPattern, MetricTransformations }) => [MetricTransformations[0].MetricName, FilterPattern],
    );
    expect(Object.fromEntries(filters)).toEqual({
      Throttled: '{ $.status = "429" && $.responseType != "QUOTA_EXCEEDED" }',
      QuotaRefused: '{ $.responseType = "QUOTA_EXCEEDED" }',
      StoreUnavailable: '{ $.StoreUnavailable > 0 }',
    });
    expect(metricsOf(alarm(template, 'throttled'))).toEqual({ part: 'Throttled', whole: 'Count' });
  });

  it('keeps the counts of two stages of one account apart', () => {
    const namespaces = propertiesOf(template, 'AWS::Logs::MetricFilter').map(
      ({ MetricTransformations }) => MetricTransformations[0].MetricNamespace,
    );
    expect(new Set(namespaces)).toEqual(new Set(['Stack']));
    expect(alarm(template, 'store-unavailable')).toMatchObject({
      Namespace: 'Stack',
      MetricName: 'StoreUnavailable',
    });
  });

  it('rolls a deployment back on errors, 5xx and latency, which new code can cause', () => {
    const stepped = synthesizedStack({ stage: { rollout: 'canary-10-percent-5-minutes' } });
    const { Alarms, Enabled } = only(stepped, 'AWS::CodeDeploy::DeploymentGroup').Properties
      .AlarmConfiguration;
    expect(Enabled).toBe(true);
    const names = Alarms.map(({ Name }: { Name: { Ref: string } }) => {
      const found = stepped.findResources('AWS::CloudWatch::Alarm')[Name.Ref];
      return found?.Properties.AlarmName;
    });
    expect(names.sort()).toEqual(['Stack-function-errors', 'Stack-latency', 'Stack-server-errors']);
  });

  it.each([
    ['nobody', undefined, 0],
    ['an address', 'team@example.com', 1],
  ])('tells %s by mail', (_who, alarmEmail, subscriptions) => {
    const told = synthesizedStack({ stage: { alarmEmail } });
    told.resourceCountIs('AWS::SNS::Subscription', subscriptions);
  });

  it('lets the alarms of this stage publish, and nobody without TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      }),
    });
  });
});

describe('StageDashboard', () => {
  /** The dashboard with what it refers to by name. */
  const bodyOf = (template: Template) =>
    JSON.stringify(only(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);

  it.each([
    ['rate limit', 'rate limit 250/s', 15_000],
    ['reserved concurrency', 'reserved 12', 12],
    ['10× rule', '10× rule 120/s', 7200],
    ['timeout', 'timeout 7 s', 7000],
    ['latency', 'p99 within the SLO, 500 ms', 500],
    ['table', 'warm throughput 4000/s', 240_000],
  ])('draws the line of %s from the throttle file', (_what, label, value) => {
    expect(bodyOf(synthesizedStack())).toContain(
      JSON.stringify(JSON.stringify({ value, label }).slice(1, -1)).slice(1, -1),
    );
  });

  it.each(Object.entries(stageVariants))('is valid JSON with every alarm of %s', (_name, stage) => {
    const template = synthesizedStack({ stage });
    const { DashboardBody } = only(template, 'AWS::CloudWatch::Dashboard').Properties;
    const text = (DashboardBody['Fn::Join'][1] as unknown[])
      .map((part) => (typeof part === 'string' ? part : 'x'))
      .join('');
    const { widgets } = JSON.parse(text) as {
      widgets: { type: string; properties: { alarms?: unknown[] } }[];
    };
    const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(stage.clients ? 9 : 8);
    expect(widgets[0]?.properties.alarms).toHaveLength(alarms.length);
    const queries = widgets.filter(({ type }) => type === 'log');
    expect(queries).toHaveLength(stage.tableEndpoint === 'interface' ? 0 : 1);
  });

  it.each([
    ['gateway', 0],
    ['interface', 5],
  ] as const)('shows the metrics of a %s endpoint, as far as it has any', (tableEndpoint, count) => {
    const body = bodyOf(synthesizedStack({ stage: { tableEndpoint } }));
    expect(body.match(/"AWS\/PrivateLinkEndpoints|\\"AWS\/PrivateLinkEndpoints/g) ?? []).toHaveLength(count);
  });
});
