import { kolmogorovSmirnov } from '@spillway/capacity/testing';
import { chiSquare, countsPerBin } from './__fixtures__/chi-square.ts';
import { payloadSchema, payloadSizes, type PayloadSize } from './payload-size.ts';

const uniform: PayloadSize = { kind: 'uniform', minBytes: 1000, maxBytes: 1099, seed: 1 };
const lognormal: PayloadSize = {
  kind: 'lognormal',
  medianBytes: 2000,
  sigma: 0.5,
  maxBytes: 1_000_000,
  seed: 1,
};
const mix: PayloadSize = {
  kind: 'mix',
  sizes: [
    { bytes: 200, weight: 6 },
    { bytes: 1024, weight: 3 },
    { bytes: 50_000, weight: 1 },
  ],
  seed: 1,
};

function drawn(size: PayloadSize, count = 10_000): number[] {
  const sizeOf = payloadSizes(size, count);
  return Array.from({ length: count }, (_, sequence) => sizeOf(sequence));
}

describe('payloadSizes', () => {
  it('draws every size of a range as often', () => {
    const sizes = drawn(uniform);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1000, 1099]);
    const counts = countsPerBin(
      sizes.map((bytes) => bytes - 1000),
      100,
      100,
    );
    expect(chiSquare(counts, Array<number>(100).fill(100), 99)).toBeGreaterThan(0.01);
  });

  it('draws sizes of a mix as often as their weights say', () => {
    const sizes = drawn(mix);
    const counts = [200, 1024, 50_000].map((bytes) => sizes.filter((size) => size === bytes).length);
    expect(chiSquare(counts, [6000, 3000, 1000], 2)).toBeGreaterThan(0.01);
  });

  it('draws log-normal sizes: their logarithms pass a Kolmogorov–Smirnov test against the normal', () => {
    const sizes = drawn(lognormal, 5000);
    // One byte is 1/1000 of a deviation here: rounding is below what the test can see.
    expect(
      kolmogorovSmirnov(sizes, (bytes) => normalCdf(Math.log(bytes / 2000) / 0.5)).pValue,
    ).toBeGreaterThan(0.01);
    expect(kolmogorovSmirnov(sizes, (bytes) => normalCdf(Math.log(bytes / 2100) / 0.5)).pValue).toBeLessThan(
      0.01,
    );
  });

  it('cuts log-normal sizes to their largest, and leaves the rest as they are', () => {
    const whole = drawn(lognormal);
    const cut = drawn({ ...lognormal, maxBytes: 3000 });
    expect(cut).toEqual(whole.map((bytes) => Math.min(3000, bytes)));
    expect(whole.some((bytes) => bytes > 3000)).toBe(true);
  });

  it.each([
    ['uniform', uniform],
    ['lognormal', lognormal],
    ['mix', mix],
  ])('gives request k the same size whatever the count, and others for another seed: %s', (_, size) => {
    expect(drawn(size, 50)).toEqual(drawn(size, 5000).slice(0, 50));
    expect(drawn({ ...(size as typeof uniform), seed: 2 }, 50)).not.toEqual(drawn(size, 50));
  });
});

describe('payloadSchema', () => {
  it.each([
    ['the smallest', 1, true],
    ['nothing', 0, false],
    ['as much as the gateway takes', 10_485_760, true],
    ['a byte more', 10_485_761, false],
    ['a range of one size', { ...uniform, maxBytes: 1000 }, true],
    ['a range that ends before it starts', { ...uniform, maxBytes: 999 }, false],
    ['a median at the cut', { ...lognormal, maxBytes: 2000 }, true],
    ['a median beyond the cut', { ...lognormal, maxBytes: 1999 }, false],
    ['a mix of nothing', { ...mix, sizes: [] }, false],
    ['a size without weight', { ...mix, sizes: [{ bytes: 1, weight: 0 }] }, false],
    ['a distribution without a seed', { ...uniform, seed: undefined }, false],
  ])('takes or refuses %s', (_, size, isTaken) => {
    expect(payloadSchema.safeParse(size).success).toBe(isTaken);
  });
});

/** Abramowitz and Stegun 7.1.26, within 1.5e-7. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2));
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - series * Math.exp(-(z * z) / 2);
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}
