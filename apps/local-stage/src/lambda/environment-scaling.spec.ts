import fc from 'fast-check';
import { EnvironmentScaling } from './environment-scaling.ts';

const MINUTE_MS = 60_000;
const grow = (scaling: EnvironmentScaling, from: number, to: number, nowMs: number): number => {
  let inUse = from;
  while (inUse < to && scaling.admit(inUse, nowMs) === 'admitted') inUse += 1;
  return inUse;
};

describe('EnvironmentScaling', () => {
  it('grows by 1,000 at once and by 100 a second after that (F33)', () => {
    const scaling = new EnvironmentScaling();
    expect(grow(scaling, 0, 5_000, 0)).toBe(1_000);
    expect(grow(scaling, 1_000, 5_000, 1_000)).toBe(1_100);
    expect(grow(scaling, 1_100, 5_000, 11_000)).toBe(2_100);
  });

  it('saves nothing up beyond 1,000', () => {
    expect(grow(new EnvironmentScaling(), 0, 5_000, 10 * MINUTE_MS)).toBe(1_000);
  });

  it('asks nothing for environments that are there', () => {
    const scaling = new EnvironmentScaling();
    expect(grow(scaling, 0, 1_000, 0)).toBe(1_000);
    expect(grow(scaling, 0, 1_000, 1)).toBe(1_000);
    expect(scaling.admit(1_000, 1)).toBe('throttled');
  });

  it('has forgotten idle environments after some minutes, not those in use', () => {
    const scaling = new EnvironmentScaling({ rateLimit: 0, burstLimit: 10 });
    expect(grow(scaling, 0, 10, 0)).toBe(10);
    expect(grow(scaling, 4, 10, 6 * MINUTE_MS)).toBe(10);
    expect(grow(scaling, 4, 10, 30 * MINUTE_MS)).toBe(4);
  });

  it('never starts more than the bucket holds, and throttles only when a new one is needed', () => {
    const limits = fc.record({
      rateLimit: fc.integer({ min: 0, max: 50 }),
      burstLimit: fc.integer({ min: 1, max: 20 }),
    });
    const steps = fc.array(
      fc.record({ gapMs: fc.nat({ max: 500 }), arrivals: fc.nat({ max: 30 }), ends: fc.nat({ max: 30 }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(limits, steps, ({ rateLimit, burstLimit }, happenings) => {
        const scaling = new EnvironmentScaling({ rateLimit, burstLimit });
        let nowMs = 0;
        let inUse = 0;
        let environments = 0;
        for (const { gapMs, arrivals, ends } of happenings) {
          nowMs += gapMs;
          inUse = Math.max(0, inUse - ends);
          for (let i = 0; i < arrivals; i += 1) {
            const verdict = scaling.admit(inUse, nowMs);
            if (inUse < environments) expect(verdict).toBe('admitted');
            if (verdict === 'admitted') inUse += 1;
            environments = Math.max(environments, inUse);
          }
          expect(environments).toBeLessThanOrEqual(burstLimit + (rateLimit * nowMs) / 1000);
        }
      }),
    );
  });
});
