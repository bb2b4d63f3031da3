import { backAfterMs, calmP99Ms, type ProbeAnswer } from './recovery.ts';

/** 50/s from two seconds before the flood; slow until `slowUntilMs` after it. */
function probe(slowUntilMs: number, slowMs = 500, calmMs = 8): ProbeAnswer[] {
  return Array.from({ length: 500 }, (_, index) => {
    const dueMs = index * 20 - 2_000;
    return { dueMs, latencyMs: dueMs >= 0 && dueMs < slowUntilMs ? slowMs : calmMs };
  });
}

describe('calmP99Ms', () => {
  it('looks at what was due before the flood only', () => {
    expect(calmP99Ms(probe(8_000, 500, 8))).toBe(8);
  });
});

describe('backAfterMs', () => {
  it.each([
    ['a stage that never noticed', 0, 0],
    // One slow probe of a hundred is not yet the p99.
    ['a stage that is slow for a second', 1_000, 1_000],
    ['a stage that is slow to the end', 8_000, null],
  ])('finds %s', (_what, slowUntilMs, back) => {
    expect(backAfterMs(probe(slowUntilMs), 8_000)).toBe(back);
  });

  it('takes twice the normal for normal, and no more', () => {
    expect(backAfterMs(probe(1_000, 16), 8_000)).toBe(0);
    expect(backAfterMs(probe(1_000, 17), 8_000)).toBe(1_000);
  });

  it('takes 10 ms for normal, however quick it was before', () => {
    expect(backAfterMs(probe(8_000, 10, 1), 8_000)).toBe(0);
  });

  it('takes a probe that failed for slow', () => {
    expect(backAfterMs(probe(3_000, Infinity), 8_000)).toBe(3_000);
  });
});
