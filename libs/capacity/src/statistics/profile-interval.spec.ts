import { studentTQuantile } from './bounds.ts';
import { profileInterval } from './profile-interval.ts';

const everywhere = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

describe('profileInterval', () => {
  it('is the t interval of a mean, whose profile is a parabola', () => {
    const values = [4.1, 5.2, 3.8, 4.9, 5.5, 4.4];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const costAt = (at: number): number => values.reduce((sum, value) => sum + (value - at) ** 2, 0);
    const cost = costAt(mean);
    const t = studentTQuantile(0.975, 5);
    const interval = profileInterval({ value: mean, cost }, cost * (1 + t ** 2 / 5), everywhere, costAt);
    const half = t * Math.sqrt(cost / 5 / 6);
    expect(interval?.lower).toBeCloseTo(mean - half, 7);
    expect(interval?.upper).toBeCloseTo(mean + half, 7);
  });

  it('ends at a bound that costs too little to cross', () => {
    const interval = profileInterval(
      { value: 0.5, cost: 1 },
      2,
      { least: 0, most: 9 },
      (at) => 1 + (at - 0.5) ** 2,
    );
    expect(interval?.lower).toBe(0);
    expect(interval?.upper).toBeCloseTo(1.5, 7);
  });

  it('starts at the bound where the optimum is there', () => {
    const interval = profileInterval({ value: 0, cost: 1 }, 2, { least: 0, most: 9 }, (at) => 1 + at);
    expect(interval?.lower).toBe(0);
    expect(interval?.upper).toBeCloseTo(1, 7);
  });

  it('is null where the data do not bound the coefficient', () => {
    expect(profileInterval({ value: 1, cost: 1 }, 2, everywhere, (at) => 2 - 1 / (1 + at * at))).toBeNull();
  });

  it('is the optimum itself where the fit is perfect', () => {
    expect(profileInterval({ value: 3, cost: 0 }, 0, everywhere, (at) => (at - 3) ** 2)).toEqual({
      lower: 3,
      upper: 3,
    });
  });

  it('walks past values that have no cost', () => {
    const costAt = (at: number): number => (at > 2 ? Number.POSITIVE_INFINITY : 1 + (at - 1) ** 2 / 100);
    expect(profileInterval({ value: 1, cost: 1 }, 2, { least: 0, most: 9 }, costAt)?.upper).toBeCloseTo(2, 6);
  });
});
