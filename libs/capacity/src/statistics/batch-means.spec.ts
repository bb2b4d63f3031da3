import { batchMsOf, effectiveSamples, meanUpperBound } from './batch-means.ts';
import { seededRandom } from '../__fixtures__/random.ts';

describe('effectiveSamples', () => {
  const instants = Float64Array.from({ length: 1000 }, (_, index) => index);

  it('is n for independent answers, on the whole', () => {
    const worth = Array.from({ length: 100 }, (_, seed) => {
      const random = seededRandom(seed);
      const isBad = Uint8Array.from({ length: 1000 }, () => (random() < 0.05 ? 1 : 0));
      return effectiveSamples(instants, isBad, 0, 100) / 1000;
    }).sort((a, b) => a - b);
    expect(worth[50]).toBeGreaterThan(0.8);
    expect(worth[99]).toBe(1);
  });

  it('is about the number of batches when each is bad or good as a whole', () => {
    const isBad = Uint8Array.from({ length: 1000 }, (_, index) =>
      Math.floor(index / 100) % 2 === 0 ? 1 : 0,
    );
    // Ten batches of which half are bad: variance of the ratio 0.25 / 9, so n = 9.
    expect(effectiveSamples(instants, isBad, 0, 100)).toBeCloseTo(9, 6);
  });

  it('is n where none or all are bad', () => {
    expect(effectiveSamples(instants, new Uint8Array(1000), 0, 100)).toBe(1000);
    expect(effectiveSamples(instants, new Uint8Array(1000).fill(1), 0, 100)).toBe(1000);
  });
});

describe('batchMsOf', () => {
  it.each([
    ['ten of a short hold', 4000, 400],
    ['10 s from 100 s on', 100_000, 10_000],
    ['10 s beyond', 300_000, 10_000],
  ])('%s', (_reason, holdMs, batchMs) => {
    expect(batchMsOf(holdMs)).toBe(batchMs);
  });
});

describe('meanUpperBound', () => {
  it('is the textbook t bound for equal batches', () => {
    // Ten values of mean 3.5 and standard deviation 1.08012: 3.5 + 1.8331 × 1.08012 / √10.
    const values = [2, 2, 3, 3, 3, 4, 4, 4, 5, 5];
    const found = meanUpperBound(values.map((value) => [value, 50] as const));
    expect(found?.mean).toBeCloseTo(3.5, 12);
    expect(found?.upper).toBeCloseTo(4.1261, 3);
  });

  it('covers the true mean in about 95 % of the runs, with batches of unequal size', () => {
    const covered = Array.from({ length: 800 }, (_, seed) => {
      const random = seededRandom(seed + 1);
      const batches = Array.from({ length: 20 }, () => {
        const count = 20 + Math.floor(40 * random());
        let sum = 0;
        for (let i = 0; i < count; i += 1) sum += -Math.log(1 - random());
        return [sum / count, count] as const;
      });
      return (meanUpperBound(batches)?.upper ?? 0) >= 1;
    }).filter(Boolean).length;
    expect(covered / 800).toBeGreaterThan(0.92);
    expect(covered / 800).toBeLessThan(0.975);
  });

  it('needs two batches with something in them', () => {
    expect(meanUpperBound([[4, 10]])).toBeNull();
    expect(
      meanUpperBound([
        [4, 10],
        [7, 0],
      ]),
    ).toBeNull();
  });
});
