import fc from 'fast-check';
import { exponential, seededRandom } from '../__fixtures__/random.ts';
import { costOf, CostInputError, type CostInput } from './cost-of.ts';
import { lambdaUsdPerMillion } from './lambda-cost.ts';

/** A million requests in a month of 730 hours. */
const MILLION_PER_MONTH = 1e6 / (730 * 3600);

const base: CostInput = {
  ratePerSecond: MILLION_PER_MONTH,
  api: 'rest',
  payloadBytes: 1024,
  durationMs: 100,
  memorySize: 1024,
};

const line = (input: CostInput, name: string) =>
  costOf(input).lines.find((found) => found.name === name)?.usdPerMillion;

describe('costOf', () => {
  it('sums a million requests as by hand', () => {
    // 990 bytes × 10⁶ / 2³⁰ = 0.92201 GB; kept 30 of 30.417 days. All of 0.38/s are traced, 100,000 free.
    const logs = 0.92201 * 0.5 + 0.92201 * (30 / (730 / 24)) * 0.03;
    const traces = 0.9 * 5;
    const { lines, usdPerMonth, usdPerMillion, requestsPerMonth } = costOf(base);
    expect(requestsPerMonth).toBeCloseTo(1e6, 6);
    expect(lines.map(({ name, usdPerMillion: usd }) => [name, Number(usd.toFixed(4))])).toEqual([
      ['REST API', 3.5],
      ['Lambda requests', 0.2],
      ['Lambda duration', 1.34],
      ['Table writes', 0.625],
      ['Logs', Number(logs.toFixed(4))],
      ['Traces', Number(traces.toFixed(4))],
      ['Metrics', 1.8],
    ]);
    expect(usdPerMonth).toBeCloseTo(3.5 + 0.2 + 1.3400067 + 0.625 + logs + traces + 1.8, 4);
    expect(usdPerMillion).toBeCloseTo(usdPerMonth, 6);
  });

  it('takes a month at 1,000/s through the tiers of a REST API', () => {
    // 2,628 M: 333 × 3.50 + 667 × 2.80 + 1,628 × 2.38 = 6,907.74.
    const gateway = costOf({ ...base, ratePerSecond: 1000 }).lines[0];
    expect(gateway?.usdPerMonth).toBeCloseTo(6907.74, 6);
    expect(gateway?.usdPerMillion).toBeCloseTo(6907.74 / 2628, 6);
  });

  it.each([
    ['an empty body', 0, 1],
    ['the last byte of 512 KB', 524_288, 1],
    ['one byte more', 524_289, 2],
  ])('meters %s of an HTTP API in 512 KB (F71)', (_what, payloadBytes, usd) => {
    expect(line({ ...base, api: 'http', payloadBytes }, 'HTTP API')).toBeCloseTo(usd, 9);
    expect(line({ ...base, payloadBytes }, 'REST API')).toBeCloseTo(3.5, 9);
  });

  it.each([
    ['the last byte of a write unit', 1024, 0.625],
    ['the first of the next', 1025, 1.25],
  ])('writes %s (F43, F73)', (_what, itemBytes, usd) => {
    expect(line({ ...base, itemBytes }, 'Table writes')).toBeCloseTo(usd, 9);
  });

  it.each([
    ['the last entries that are free', (25 * 1024 ** 3) / 1e6, 0],
    ['a GB more', (26 * 1024 ** 3) / 1e6, 0.25],
  ])('keeps %s (F73)', (_what, itemBytes, usd) => {
    expect(costOf({ ...base, itemBytes }).storageUsdPerMonthKept).toBeCloseTo(usd, 6);
  });

  it('says what it leaves out, and that nobody knows whether a 429 is billed', () => {
    expect(costOf(base).notContained.join()).toMatch(/429 is billed is unverified \(F78\)/);
  });

  it.each([
    ['a rate of 0', { ratePerSecond: 0 }, 'ratePerSecond 0, want a number from 1e-9'],
    ['no number', { durationMs: Number.NaN }, 'durationMs NaN, want a number from 0'],
    ['a negative size', { itemBytes: -1 }, 'itemBytes -1, want'],
    ['more than any account', { ratePerSecond: Infinity }, 'ratePerSecond Infinity, want'],
  ])('refuses %s', (_what, change, message) => {
    expect(() => costOf({ ...base, ...change })).toThrow(CostInputError);
    expect(() => costOf({ ...base, ...change })).toThrow(message);
  });

  it('has a bill that is the sum of its lines, finite, and dearer a month at a higher rate', () => {
    const number = (most: number) => fc.double({ min: 0, max: most, noNaN: true });
    const inputs = fc.record({
      ratePerSecond: fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
      api: fc.constantFrom('rest' as const, 'http' as const),
      payloadBytes: number(1e8),
      durationMs: number(9e5),
      memorySize: fc.integer({ min: 128, max: 10_240 }),
    });
    fc.assert(
      fc.property(inputs, (input) => {
        const cost = costOf(input);
        const sum = cost.lines.reduce((total, { usdPerMonth }) => total + usdPerMonth, 0);
        expect(cost.usdPerMonth).toBeCloseTo(sum, 5);
        expect(Number.isFinite(cost.usdPerMillion) && Number.isFinite(cost.storageUsdPerMonthKept)).toBe(
          true,
        );
        const more = costOf({ ...input, ratePerSecond: 2 * input.ratePerSecond });
        expect(more.usdPerMonth).toBeGreaterThanOrEqual(cost.usdPerMonth);
      }),
    );
  });
});

describe('lambdaUsdPerMillion', () => {
  it.each([
    ['half of a started millisecond on top of the mean', 100.2, 100.7],
    ['a whole one at least', 0.4, 1],
    ['just above that by the mean', 0.6, 1.1],
    ['nothing where no duration is given', 0, 0],
  ])('bills %s', (_what, durationMs, billedMs) => {
    expect(lambdaUsdPerMillion(1024, durationMs).billedMs).toBeCloseTo(billedMs, 9);
  });

  it('bills the mean of the started milliseconds of durations that spread smoothly', () => {
    const random = seededRandom(5);
    const durations = Array.from({ length: 100_000 }, () => exponential(random, 4.2));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const { billedMs } = lambdaUsdPerMillion(1024, mean(durations));
    // E⌈X⌉ of an exponential X is 1 / (1 − exp(−1 / 4.2)) = 4.720, and its standard error here 0.013.
    expect(1 / -Math.expm1(-1 / 4.2)).toBeCloseTo(4.72, 2);
    expect(Math.abs(mean(durations.map(Math.ceil)) - billedMs)).toBeLessThan(0.03);
  });

  it.each([
    ['arm64', 1024, 1.33334],
    ['x86', 1024, 1.66667],
    ['arm64', 128, 0.1666675],
    ['x86', 10_240, 16.6667],
  ] as const)('takes %s at %d MB for 100 ms billed at list price (F72)', (architecture, memorySize, usd) => {
    expect(lambdaUsdPerMillion(memorySize, 99.5, architecture)).toMatchObject({
      requests: 0.2,
      duration: expect.closeTo(usd, 9),
    });
  });
});
