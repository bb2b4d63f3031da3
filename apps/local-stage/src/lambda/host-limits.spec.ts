import { defaultMaxEnvironments } from './host-limits.ts';

describe('defaultMaxEnvironments', () => {
  it.each([
    [1, 8, 'a small machine still shows concurrency'],
    [2, 8, 'where it was measured'],
    [3, 12, 'the first above the floor'],
    [16, 64, 'four for each CPU'],
  ])('of %d CPUs is %d: %s', (cpuCount, expected) => {
    expect(defaultMaxEnvironments(cpuCount)).toBe(expected);
  });
});
