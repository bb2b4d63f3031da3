import type { RateShape } from './arrivals.ts';
import { patternArrivals, patternNames, type PatternName } from './patterns.ts';

const DAY_MS = 86_400_000;

const shapeOf = (name: PatternName, peakFactor: number): RateShape => {
  const arrivals = patternArrivals(name, { ratePerSecond: 100, durationMs: DAY_MS, peakFactor });
  if (arrivals.kind !== 'shaped') throw new Error(`${name} has no shape`);
  return arrivals.shape;
};
const meanOf = ({ perSecond }: RateShape) => perSecond.reduce((sum, one) => sum + one, 0) / perSecond.length;
const atShare = ({ perSecond }: RateShape, share: number) => perSecond[Math.floor(share * perSecond.length)]!;

describe(patternArrivals.name, () => {
  it.each(patternNames)('%s lasts as long as it is told to', (name) => {
    const { binMs, perSecond } = shapeOf(name, 1.5);
    expect(binMs * perSecond.length).toBeCloseTo(DAY_MS, 3);
  });

  it('spaces constant evenly, and nothing else', () => {
    const terms = { ratePerSecond: 1, durationMs: 1, peakFactor: 1 };
    const spacings = patternNames
      .map((name) => patternArrivals(name, terms))
      .map((of) => 'spacing' in of && of.spacing);
    expect(spacings).toEqual(['even', 'poisson', 'poisson', 'poisson', 'poisson']);
  });

  it('keeps the mean of a day at the rate, its highest in the middle, its lowest at both ends', () => {
    const day = shapeOf('daily', 1.8);
    expect(meanOf(day)).toBeCloseTo(100, 6);
    expect(atShare(day, 0.5)).toBeCloseTo(180, 1);
    expect(atShare(day, 0)).toBeCloseTo(20, 1);
  });

  it('brings a crowd at a quarter, at its peak a twentieth later, 1/e of it an eighth after that', () => {
    const crowd = shapeOf('flash-crowd', 11);
    expect(atShare(crowd, 0.249)).toBe(100);
    expect(Math.max(...crowd.perSecond)).toBeCloseTo(1100, -1);
    expect(atShare(crowd, 0.425)).toBeCloseTo(100 + 1000 / Math.E, -1);
  });

  it('brings the trigger of a storm for a tenth, from a quarter on', () => {
    const storm = shapeOf('retry-storm', 3);
    expect([0.249, 0.251, 0.349, 0.351].map((share) => atShare(storm, share))).toEqual([100, 300, 300, 100]);
  });
});
