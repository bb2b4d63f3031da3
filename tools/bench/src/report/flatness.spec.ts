import { judgeFlatness } from './flatness.ts';

describe('judgeFlatness', () => {
  it.each<[string, readonly number[], boolean, boolean]>([
    ['stays', [100, 103, 98], true, true],
    ['grows by the last that is allowed', [100, 105], true, true],
    ['grows by more', [100, 102, 105.1, 100], false, false],
    ['falls by more', [100, 94.9, 100], false, true],
  ])('of memory that %s', (_what, windows, isUnchanged, hasNotGrown) => {
    expect(judgeFlatness(windows, 'change')).toMatchObject({ isFlat: isUnchanged, referenceBytes: 100 });
    expect(judgeFlatness(windows, 'growth')).toMatchObject({ isFlat: hasNotGrown, referenceBytes: 100 });
  });

  it('says by how much, with the sign', () => {
    expect(judgeFlatness([100, 104, 90], 'change')?.driftRatio).toBeCloseTo(-0.1);
    expect(judgeFlatness([100, 104, 90], 'growth')?.driftRatio).toBeCloseTo(0.04);
  });

  it('shows nothing from a single window', () => {
    expect(judgeFlatness([100], 'change')).toBeNull();
  });
});
