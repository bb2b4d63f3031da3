import fc from 'fast-check';
import { MAX_SERIES_PER_NAMESPACE } from './metric-series.ts';
import { MetricsStore, type MetricWindow, type Statistic } from './metrics-store.ts';

const dimensions = { ApiName: 'a', Stage: 'prod' };
const name = { namespace: 'N', metric: 'M', dimensions };
const START_MS = 1_700_000_000_000;
const window = (seconds: number, periodSeconds: number): MetricWindow => ({
  startMs: START_MS,
  endMs: START_MS + seconds * 1000,
  periodSeconds,
});

const storeOf = (values: readonly (readonly [second: number, value: number])[]): MetricsStore => {
  const store = new MetricsStore();
  for (const [second, value] of values) store.record('N', 'M', dimensions, value, START_MS + second * 1000);
  return store;
};

describe('MetricsStore', () => {
  const store = storeOf([
    [0, 10],
    [0, 30],
    [1, 20],
    [3, 0],
  ]);

  it.each<[Statistic, number[]]>([
    ['Sum', [40, 20, 0]],
    ['SampleCount', [2, 1, 1]],
    ['Average', [20, 20, 0]],
    ['Minimum', [10, 20, 0]],
    ['Maximum', [30, 20, 0]],
  ])('gives %s of each second that has data', (statistic, values) => {
    const points = store.read(name, window(10, 1), statistic);
    expect(points.map(({ value }) => value)).toEqual(values);
    expect(points.map(({ startMs }) => startMs - START_MS)).toEqual([0, 1000, 3000]);
  });

  it('merges seconds into periods that begin at multiples of the period', () => {
    const points = store.read(name, window(10, 5), 'Average');
    expect(points).toEqual([{ startMs: START_MS, value: 15 }]);
  });

  it('ends before the end', () => {
    expect(store.read(name, window(1, 1), 'Sum')).toHaveLength(1);
  });

  it('finds a series whatever the order of its dimensions, and no other', () => {
    const turned = { Stage: 'prod', ApiName: 'a' };
    expect(store.read({ ...name, dimensions: turned }, window(1, 1), 'Sum')[0]?.value).toBe(40);
    expect(store.read({ ...name, dimensions: { ApiName: 'a' } }, window(1, 1), 'Sum')).toEqual([]);
    expect(store.read({ ...name, metric: 'Other' }, window(1, 1), 'Sum')).toEqual([]);
  });

  it('gives percentiles within 1 %, over several seconds', () => {
    const values = fc.array(fc.double({ min: 0.01, max: 30_000, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(50, 90, 99, 99.9), (samples, percent) => {
        const spread = storeOf(samples.map((value, index) => [index % 4, value] as const));
        const sorted = samples.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
        const [point] = spread.read(name, { ...window(10, 10_000_000) }, `p${percent}`);
        expect(Math.abs(point!.value / exact - 1)).toBeLessThanOrEqual(0.0101);
      }),
    );
  });

  it('counts zeros in percentiles', () => {
    const zeros = storeOf([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 5],
    ]);
    expect(zeros.read(name, window(1, 1), 'p50')[0]?.value).toBe(0);
    expect(zeros.read(name, window(1, 1), 'p100')[0]?.value).toBeCloseTo(5, 1);
  });

  it('forgets what is older than two hours', () => {
    const old = storeOf([
      [0, 1],
      [7199, 1],
    ]);
    expect(old.read(name, window(8000, 1), 'Sum')).toHaveLength(2);
    old.record('N', 'M', dimensions, 1, START_MS + 7200_000);
    expect(old.read(name, window(8000, 1), 'Sum').map(({ startMs }) => startMs - START_MS)).toEqual([
      7_199_000, 7_200_000,
    ]);
  });

  it('keeps no more series of a namespace than the most there may be, and says so once', () => {
    const reported: string[] = [];
    const full = new MetricsStore((line) => reported.push(line));
    const fill = (namespace: string, count: number): void => {
      for (let user = 0; user < count; user += 1) {
        full.record(namespace, 'M', { User: String(user) }, 1, START_MS);
      }
    };
    const sumOf = (namespace: string, user: number): number | undefined =>
      full.read({ namespace, metric: 'M', dimensions: { User: String(user) } }, window(1, 1), 'Sum')[0]
        ?.value;
    fill('N', MAX_SERIES_PER_NAMESPACE);
    expect(reported).toEqual([]);
    fill('N', MAX_SERIES_PER_NAMESPACE + 2);
    fill('Other', 1);
    expect(reported).toEqual([expect.stringMatching(/^metrics: N has 10000 series, new ones are dropped/)]);
    expect(sumOf('N', MAX_SERIES_PER_NAMESPACE - 1)).toBe(2);
    expect(sumOf('N', MAX_SERIES_PER_NAMESPACE)).toBeUndefined();
    expect(sumOf('Other', 0)).toBe(1);
  });

  it('makes room for new series when the old ones are older than two hours, and begins them anew', () => {
    const reported: string[] = [];
    const full = new MetricsStore((line) => reported.push(line));
    const bound = full.series('N', 'Bound', dimensions);
    bound.record(1, START_MS);
    for (let user = 1; user < MAX_SERIES_PER_NAMESPACE; user += 1) {
      full.record('N', 'M', { User: String(user) }, 1, START_MS);
    }
    const laterMs = START_MS + 7200_000;
    full.record('N', 'M', { User: 'new' }, 1, laterMs);
    bound.record(5, laterMs);
    full.record('N', 'Bound', { ...dimensions }, 2, laterMs);
    const later: MetricWindow = { startMs: laterMs, endMs: laterMs + 1000, periodSeconds: 1 };
    expect(reported).toEqual([]);
    expect(full.read({ ...name, metric: 'Bound' }, later, 'Sum')).toEqual([{ startMs: laterMs, value: 7 }]);
  });
});
