import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';
import { PrintedMetrics } from './printed-metrics.ts';

const HOURS_MS = 3600_000;
const NOW_MS = 10 * HOURS_MS;

function open() {
  const recorded: { readonly dimensions: object; readonly value: number; readonly atMs: number }[] = [];
  const printed = new PrintedMetrics(
    {
      record: (_namespace, _metric, dimensions, value, atMs) => recorded.push({ dimensions, value, atMs }),
      series: () => ({ record: () => undefined }),
    },
    { monotonicMs: () => 0, wallMs: () => NOW_MS },
  );
  const print = (id: string, more: Partial<EmbeddedMetric> = {}) => {
    printed.record([{ namespace: 'N', metric: 'M', dimensions: { id }, values: [1], atMs: NOW_MS, ...more }]);
    return recorded.at(-1)?.dimensions;
  };
  return { recorded, print };
}

describe('PrintedMetrics', () => {
  it('records each value under the time that the function gave', () => {
    const { recorded, print } = open();
    print('a', { values: [1, 2], atMs: NOW_MS - 5 });
    expect(recorded.map(({ value, atMs }) => [value, atMs])).toEqual([
      [1, NOW_MS - 5],
      [2, NOW_MS - 5],
    ]);
  });

  it.each([
    [-2 * HOURS_MS, 1],
    [-2 * HOURS_MS - 1, 0],
    [2 * HOURS_MS, 1],
    [2 * HOURS_MS + 1, 0],
  ])('of %d ms from now records %d', (offsetMs, count) => {
    const { recorded, print } = open();
    print('a', { atMs: NOW_MS + offsetMs });
    expect(recorded).toHaveLength(count);
  });

  it('passes one object for equal dimensions, and forgets those that a thousand others followed', () => {
    const { print } = open();
    const first = print('first');
    const used = print('used');
    for (let i = 0; i < 999; i += 1) {
      print(`other ${i}`);
      expect(print('used')).toBe(used);
    }
    expect(print('first')).not.toBe(first);
    expect(print('first')).toEqual(first);
  });
});
