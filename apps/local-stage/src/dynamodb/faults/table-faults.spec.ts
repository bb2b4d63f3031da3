import { seededRandom } from './seeded-random.ts';
import { drawFault, parseTableFault, type TableFault } from './table-faults.ts';

const always = { rateRatio: 1, fromMs: 0, untilMs: Infinity };

describe('parseTableFault', () => {
  it.each([
    ['throttle', { kind: 'throttle', ...always }],
    [
      'throttle:rate=0.1,from=10s,for=30s',
      { kind: 'throttle', rateRatio: 0.1, fromMs: 10_000, untilMs: 40_000 },
    ],
    ['error:rate=.5', { kind: 'error', ...always, rateRatio: 0.5 }],
    ['reset:for=500ms', { kind: 'reset', ...always, untilMs: 500 }],
    ['lost:from=1m', { kind: 'lost', ...always, fromMs: 60_000 }],
    ['blackhole:rate=0', { kind: 'blackhole', ...always, rateRatio: 0 }],
  ])('takes %s', (text, fault) => {
    expect(parseTableFault(text)).toEqual(fault);
  });

  it.each([
    ['', "found ''"],
    ['slow', "found 'slow'"],
    ['throttle:', "found ''"],
    ['throttle:0.1', "found '0.1', want key=value"],
    ['throttle:rate=1.1', 'found rate=1.1, want 0 to 1'],
    ['throttle:rate=10%', 'found rate=10%, want 0 to 1'],
    ['throttle:rate=-1', 'found rate=-1, want 0 to 1'],
    ['throttle:from=10', 'found from=10, want a duration'],
    ['throttle:for=ever', 'found for=ever, want a duration'],
    ['throttle:until=10s', 'found until'],
    ['throttle:rate=1,rate=0', 'found rate twice'],
  ])('refuses %s: %s', (text, found) => {
    const issue = parseTableFault(text);
    expect(issue).toEqual({ issue: expect.stringContaining(found) });
    expect(issue).toEqual({ issue: expect.stringContaining('want throttle:rate=0.1,from=10s,for=30s') });
  });
});

describe('drawFault', () => {
  const throttling: TableFault = { ...always, kind: 'throttle', fromMs: 10, untilMs: 20 };

  it.each([
    [9, null],
    [10, 'throttle'],
    [19, 'throttle'],
    [20, null],
  ])('at %i ms of a window of 10–20 ms: %s', (elapsedMs, kind) => {
    expect(drawFault([throttling], elapsedMs, seededRandom(1))).toBe(kind);
  });

  it('hits the share of calls it is told, the same ones again from the same seed', () => {
    const fault: TableFault = { ...always, kind: 'error', rateRatio: 0.1 };
    const hits = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 10_000 }, () => drawFault([fault], 0, random) === 'error');
    };
    expect(hits(1)).toEqual(hits(1));
    const count = hits(1).filter(Boolean).length;
    expect(count).toBeGreaterThan(850);
    expect(count).toBeLessThan(1150);
  });

  it('takes the first of two that hit', () => {
    expect(
      drawFault(
        [
          { ...always, kind: 'lost' },
          { ...always, kind: 'error' },
        ],
        0,
        seededRandom(1),
      ),
    ).toBe('lost');
  });

  it('hits nothing at a rate of 0', () => {
    expect(drawFault([{ ...always, kind: 'lost', rateRatio: 0 }], 0, () => 0)).toBeNull();
  });
});
