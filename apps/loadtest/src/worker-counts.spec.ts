import { workerCounts } from './worker-counts.ts';

describe('workerCounts', () => {
  it.each([
    ['one where a second would take the last core', undefined, 2, [1]],
    ['one on a machine of one core', undefined, 1, [1]],
    ['two of three cores', undefined, 3, [1, 2]],
    ['all but one at the end', undefined, 8, [1, 2, 4, 7]],
    ['each count once', undefined, 5, [1, 2, 4]],
    ['just what was asked for, also where it is more than there are cores', 6, 4, [6]],
  ])('tries %s', (_, asked, cores, counts) => {
    expect(workerCounts(asked, cores)).toEqual(counts);
  });
});
