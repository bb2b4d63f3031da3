import { findPlateaus } from './plateaus.ts';
import { reportOf, window } from './__fixtures__/artillery-window.ts';

const found = (...requests: number[]) => {
  const { plateaus, changing } = findPlateaus(reportOf(requests.map((count) => window(count))));
  return {
    plateaus: plateaus.map(({ windows }) => windows.map((whole) => whole.requests)),
    changing: changing.map((whole) => whole.requests),
  };
};

describe('findPlateaus', () => {
  it.each([
    ['one whole window between first and last: no plateau', [100, 100, 100], [], [100]],
    ['two whole windows: a plateau', [100, 100, 100, 100], [[100, 100]], []],
    ['5 % apart: the same rate', [1, 1000, 950, 1], [[1000, 950]], []],
    ['more than 5 % apart: another', [1, 1000, 949, 1], [], [1000, 949]],
    ['two requests apart: the same rate, however slow', [1, 10, 12, 1], [[10, 12]], []],
    ['three apart: another', [1, 10, 13, 1], [], [10, 13]],
    [
      'a window with a change of phase in it',
      [35, 80, 80, 134, 200, 200, 200, 111],
      [
        [80, 80],
        [200, 200, 200],
      ],
      [134],
    ],
    ['a ramp', [7, 56, 102, 148, 127], [], [56, 102, 148]],
    ['nothing sent', [0, 0, 0, 0], [], []],
    ['no windows', [], [], []],
  ])('%s', (_name, requests, plateaus, changing) => {
    expect(found(...requests)).toEqual({ plateaus, changing });
  });

  it('drifting by less than 5 % a window, never by more than 5 % in all', () => {
    const { plateaus } = found(1, 1000, 970, 941, 912, 885, 1);
    expect(plateaus).toEqual([
      [1000, 970],
      [941, 912],
    ]);
  });

  it('judges no window beside a gap: periods in which nothing happened are left out of a report', () => {
    const windows = [10, 10, 10, 10, 10].map((requests, index) =>
      window(requests, { startMs: index > 2 ? 60_000 : 0 }),
    );
    expect(findPlateaus(reportOf(windows)).plateaus).toEqual([]);
    expect(findPlateaus(reportOf([...windows, window(10, { startMs: 60_000 })])).plateaus).toEqual([]);
    const longer = [...windows, window(10, { startMs: 60_000 }), window(10, { startMs: 60_000 })];
    expect(findPlateaus(reportOf(longer)).plateaus).toHaveLength(1);
  });

  it('carries over what was in flight as a plateau begins', () => {
    const behind = window(100, { answers: { acknowledged: 93 } });
    const { plateaus } = findPlateaus(reportOf([behind, window(50), window(50), window(50)]));
    expect(plateaus[0]!.inFlightBefore).toBe(7);
  });
});
