import type { MetricSeries } from './read-metrics.ts';
import { timelineOf, timelinePeriodSeconds, type TimelineMetric } from './timeline-of.ts';

const lambda = { namespace: 'AWS/Lambda' };
const table = { namespace: 'AWS/DynamoDB' };
const gateway = { namespace: 'AWS/ApiGateway' };
const queries = {
  ...{ concurrentExecutions: lambda, invocations: lambda, lambdaThrottles: lambda, lambdaErrors: lambda },
  ...{ consumedWriteUnits: table, writeThrottleEvents: table },
  ...{ gatewayRequests: gateway, gatewayClientErrors: gateway, gatewayServerErrors: gateway },
  endpointBytes: { namespace: 'endpoint' },
};

const startMs = Date.parse('2026-01-31T14:25:00Z');

/** Series of [second, value] pairs. */
function timelineFrom(
  known: Partial<Record<TimelineMetric, readonly (readonly [number, number])[]>>,
  periodSeconds = 1,
) {
  const seriesOf = (metric: TimelineMetric): MetricSeries =>
    (known[metric] ?? []).map(([second, value]) => ({ atMs: startMs + second * 1000, value }));
  return timelineOf(seriesOf, queries, periodSeconds);
}

describe('timelineOf', () => {
  it('has a point for each period from the first that has data to the last, whatever their order', () => {
    const timeline = timelineFrom({
      invocations: [
        [3, 30],
        [1, 10],
      ],
      gatewayRequests: [[2, 25]],
    });
    expect(
      timeline?.points.map(({ at, invocations, gatewayRequests }) => [at, invocations, gatewayRequests]),
    ).toEqual([
      ['2026-01-31T14:25:01.000Z', 10, 0],
      ['2026-01-31T14:25:02.000Z', 0, 25],
      ['2026-01-31T14:25:03.000Z', 30, 0],
    ]);
  });

  it('keeps to the period that was asked for', () => {
    const timeline = timelineFrom(
      {
        invocations: [
          [0, 1],
          [120, 2],
        ],
      },
      60,
    );
    expect(timeline?.periodSeconds).toBe(60);
    expect(timeline?.points.map(({ invocations }) => invocations)).toEqual([1, 0, 2]);
  });

  it('counts 0 for a metric whose namespace is published, and null where the namespace is silent', () => {
    const [point] = timelineFrom({ invocations: [[0, 5]] })?.points ?? [];
    expect(point).toMatchObject({ lambdaThrottles: 0, lambdaErrors: 0, concurrentExecutions: 0 });
    expect(point).toMatchObject({
      consumedWriteUnits: null,
      writeThrottleEvents: null,
      gatewayRequests: null,
    });
    const [metered] = timelineFrom({ consumedWriteUnits: [[0, 7]] })?.points ?? [];
    expect(metered).toMatchObject({ consumedWriteUnits: 7, writeThrottleEvents: 0, invocations: null });
  });

  it('is none where nothing was published', () => {
    expect(timelineFrom({})).toBeNull();
  });
});

describe('timelinePeriodSeconds', () => {
  it.each([
    ["the stage's own for a short run", 140_000, 1, 1],
    ['still a second for 900 of them', 900_000, 1, 1],
    ['the next that CloudWatch knows for one more', 901_000, 1, 5],
    ['ten seconds', 9_000_000, 1, 10],
    ['half a minute', 9_001_000, 1, 30],
    ['whole minutes from there', 27_001_000, 1, 60],
    ["never shorter than the stage's", 140_000, 60, 60],
    ['two minutes', 54_001_000, 60, 120],
  ])('is %s', (_reason, runMs, stagePeriodSeconds, wanted) => {
    expect(timelinePeriodSeconds(runMs, stagePeriodSeconds)).toBe(wanted);
  });
});
