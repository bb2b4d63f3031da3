import { contestantRun, figures } from './__fixtures__/contestant-run.ts';
import { fastestOf, medianOf, ratioOf, type Pair } from './pairs.ts';

const perSecond = (run: ReturnType<typeof contestantRun>) => run.many?.perSecond;
const pair = (other: string, theirs: number, ours: number): Pair => ({
  other: contestantRun(other, { many: figures(theirs, 40) }),
  spillway: contestantRun('spillway', { many: figures(ours, 40) }),
});

describe('ratioOf', () => {
  it('divides within each pair, then takes the median and the spread', () => {
    // The ratio of the medians would be 2.5.
    const pairs = [pair('peer', 100, 300), pair('peer', 200, 500), pair('peer', 1_000, 1_000)];
    expect(ratioOf(pairs, perSecond)).toEqual({ median: 2.5, min: 1, max: 3 });
  });

  it('leaves out a pair in which one of the two was not measured', () => {
    const half: Pair = { ...pair('peer', 100, 900), other: contestantRun('peer', { many: null }) };
    expect(ratioOf([half, pair('peer', 100, 200)], perSecond)).toEqual({ median: 2, min: 2, max: 2 });
    expect(ratioOf([half], perSecond)).toBeNull();
  });
});

describe('medianOf', () => {
  it('takes the runs that have the figure', () => {
    const runs = [1, 2, 30].map((speed) => contestantRun('peer', { many: figures(speed, 1) }));
    expect(medianOf([...runs, contestantRun('peer', { many: null })], perSecond)).toBe(2);
    expect(medianOf([], perSecond)).toBeNull();
  });
});

describe('fastestOf', () => {
  it('goes by the median, not by the best round', () => {
    const steady = [pair('steady', 500, 1), pair('steady', 500, 1), pair('steady', 500, 1)];
    const lucky = [pair('lucky', 100, 1), pair('lucky', 100, 1), pair('lucky', 9_000, 1)];
    expect(fastestOf([...lucky, ...steady])).toBe('steady');
    expect(fastestOf([])).toBeNull();
  });
});
