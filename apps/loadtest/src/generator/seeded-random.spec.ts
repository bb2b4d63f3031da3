import { kolmogorovSmirnov } from '@spillway/capacity/testing';
import { exponentials, uniforms } from './seeded-random.ts';

const seeds = Array.from({ length: 500 }, (_, seed) => seed);

describe('uniforms', () => {
  it.each(['arrivals', 'payload'] as const)('starts %s anywhere, whatever the seed', (stream) => {
    for (const skipped of [0, 1, 2, 10]) {
      const numbers = seeds.map((seed) => {
        const next = uniforms(seed, stream);
        for (let i = 0; i < skipped; i += 1) next();
        return next();
      });
      expect(kolmogorovSmirnov(numbers, (value) => value).pValue).toBeGreaterThan(0.01);
    }
  });

  it('draws payloads that do not go with the arrivals of the same seed', () => {
    const [gaps, sizes] = [uniforms(1, 'arrivals'), uniforms(1, 'payload')];
    let covariance = 0;
    for (let i = 0; i < 10_000; i += 1) covariance += ((gaps() - 0.5) * (sizes() - 0.5)) / 10_000;
    // The variance of a uniform is 1/12; of 10,000 independent pairs 3 deviations of the correlation are 0.03.
    expect(Math.abs(covariance * 12)).toBeLessThan(0.03);
  });

  it('says the same again for a seed', () => {
    const [first, again] = [uniforms(-7, 'payload'), uniforms(-7, 'payload')];
    for (let i = 0; i < 100; i += 1) expect(again()).toBe(first());
  });
});

describe('exponentials', () => {
  it('has mean 1 and passes a Kolmogorov–Smirnov test', () => {
    const next = exponentials(1);
    expect(
      kolmogorovSmirnov(Array.from({ length: 10_000 }, next), (x) => 1 - Math.exp(-x)).pValue,
    ).toBeGreaterThan(0.01);
  });
});
