import { controls, refusalOf } from './__fixtures__/controls.ts';
import { answerCloudWatch } from './answer-cloudwatch.ts';

const START_S = 1_700_000_000;

const query = (MetricStat: object | undefined, more: object = {}): object => ({
  StartTime: START_S,
  EndTime: START_S + 60,
  MetricDataQueries: [{ Id: 'a', MetricStat }],
  ...more,
});

const stat = (Stat: string, Dimensions?: readonly object[]): object => ({
  Metric: { Namespace: 'AWS/Lambda', MetricName: 'Throttles', Dimensions },
  Period: 1,
  Stat,
});

const ofFunction = [{ Name: 'FunctionName', Value: 'f' }];

describe('answerCloudWatch', () => {
  const stage = controls();
  stage.metrics.record('AWS/Lambda', 'Throttles', { FunctionName: 'f' }, 2, START_S * 1000);
  stage.metrics.record('AWS/Lambda', 'Throttles', { FunctionName: 'f' }, 4, (START_S + 3) * 1000);
  stage.metrics.record('AWS/Lambda', 'Throttles', {}, 9, START_S * 1000);
  const valuesOf = (input: object): unknown => {
    const { MetricDataResults } = answerCloudWatch('GetMetricData', input, stage) as {
      MetricDataResults: readonly { Values: unknown }[];
    };
    return MetricDataResults.map(({ Values }) => Values);
  };

  it.each<[string, object, readonly number[]]>([
    ['the newest first', query(stat('Sum', ofFunction)), [4, 2]],
    ['the oldest first when asked', query(stat('Sum', ofFunction), { ScanBy: 'TimestampAscending' }), [2, 4]],
    ['the whole account, which has no dimensions', query(stat('Maximum')), [9]],
    ['nothing of what was never recorded', query(stat('Sum', [{ Name: 'FunctionName', Value: 'g' }])), []],
  ])('gives %s', (_case, input, values) => {
    expect(valuesOf(input)).toEqual([values]);
  });

  it('says nothing yet of what is newer than its delay', () => {
    const late = { ...stage, metricDelayMs: Date.now() - (START_S + 2) * 1000 };
    const { MetricDataResults } = answerCloudWatch('GetMetricData', query(stat('Sum', ofFunction)), late) as {
      MetricDataResults: readonly { Values: unknown }[];
    };
    expect(MetricDataResults.map(({ Values }) => Values)).toEqual([[2]]);
  });

  it('counts the values above one', () => {
    for (const value of [100, 400, 600, 900])
      stage.metrics.record('AWS/Lambda', 'Throttles', { FunctionName: 'h' }, value, START_S * 1000);
    const ofOther = [{ Name: 'FunctionName', Value: 'h' }];
    expect(valuesOf(query(stat('TC(500:)', ofOther)))).toEqual([[2]]);
    expect(valuesOf(query(stat('TC(1000:)', ofOther)))).toEqual([[0]]);
  });

  it('leaves out what only other queries need', () => {
    const hidden = { MetricDataQueries: [{ Id: 'a', ReturnData: false, MetricStat: stat('Sum') }] };
    expect(valuesOf(query(undefined, hidden))).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['metric math', query(undefined), /query a: the local stage knows MetricStat, not Expression/],
    ['a statistic that there is not', query(stat('p101')), /Stat: wants Sum, /],
    ['a period of none', query({ ...stat('Sum'), Period: 0 }), /Period: /],
  ])('refuses %s', (_case, input, message) => {
    const refusal = refusalOf(() => answerCloudWatch('GetMetricData', input, stage));
    expect(refusal).toMatchObject({
      code: 'ValidationError',
      message: expect.stringMatching(message) as string,
    });
  });
});
