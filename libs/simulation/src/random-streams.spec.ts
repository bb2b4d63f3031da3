import { exponential, uniforms } from './random-streams.ts';

const first = (count: number, next: () => number) => Array.from({ length: count }, next);

describe(uniforms.name, () => {
  it('is the same for a seed, and another for another seed or stream', () => {
    const numbers = first(5, uniforms(1, 'arrivals'));
    expect(first(5, uniforms(1, 'arrivals'))).toEqual(numbers);
    expect(first(5, uniforms(2, 'arrivals'))).not.toEqual(numbers);
    expect(first(5, uniforms(1, 'service'))).not.toEqual(numbers);
  });

  it('has streams that do not go together', () => {
    const [one, other] = [first(20_000, uniforms(1, 'arrivals')), first(20_000, uniforms(1, 'service'))];
    const covariance = one.reduce((sum, x, index) => sum + (x - 0.5) * (other[index]! - 0.5), 0) / one.length;
    // Correlation: covariance / (1/12), within 4 standard errors of 0.
    expect(Math.abs(12 * covariance)).toBeLessThan(4 / Math.sqrt(one.length));
  });
});

describe(exponential.name, () => {
  it('has mean 1', () => {
    const uniform = uniforms(1, 'service');
    const sum = first(100_000, () => exponential(uniform)).reduce((total, one) => total + one, 0);
    expect(Math.abs(sum / 100_000 - 1)).toBeLessThan(4 / Math.sqrt(100_000));
  });

  it('is finite at both ends of [0, 1)', () => {
    expect([exponential(() => 0), exponential(() => 1 - 2 ** -53)].every(Number.isFinite)).toBe(true);
  });
});
