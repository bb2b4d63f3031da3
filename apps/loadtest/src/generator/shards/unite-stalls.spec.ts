import { uniteStalls } from './unite-stalls.ts';

describe('uniteStalls', () => {
  it.each([
    ['none', [], []],
    [
      'one seen by two machines',
      [
        [100, 200],
        [105, 190],
      ],
      [[100, 200]],
    ],
    [
      'two that overlap, in any order',
      [
        [150, 300],
        [100, 200],
      ],
      [[100, 300]],
    ],
    [
      'two that touch',
      [
        [100, 200],
        [200, 300],
      ],
      [[100, 300]],
    ],
    [
      'two apart',
      [
        [300, 400],
        [100, 200],
      ],
      [
        [100, 200],
        [300, 400],
      ],
    ],
  ])('unites %s', (_, stalls, united) => {
    const spans = (pairs: number[][]) => pairs.map(([startMs = 0, endMs = 0]) => ({ startMs, endMs }));
    expect(uniteStalls(spans(stalls))).toEqual(spans(united));
  });
});
