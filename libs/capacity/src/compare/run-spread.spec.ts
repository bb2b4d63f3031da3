import { ASSUMED_SD_LOG, spreadOf } from './run-spread.ts';

describe('spreadOf', () => {
  it('is the assumption where each side has one run', () => {
    expect(spreadOf('latency-p50', [[1], [2]])).toEqual({ sdLog: 0.05, degrees: 4, degreesSeen: 0 });
  });

  it.each([
    [
      'drops an assumption that four degrees contradict',
      [
        [0, 0.2, 0.4],
        [0, 0, 0],
      ],
      Math.sqrt(0.08 / 4),
      4,
    ],
    [
      'keeps one that three contradict',
      [
        [0, 0.2, 0.4],
        [0, 0],
      ],
      Math.sqrt((4 * 0.0025 + 0.08) / 7),
      7,
    ],
    [
      'keeps one that is not exceeded',
      [
        [0, 0.05, 0.1],
        [0, 0, 0],
      ],
      Math.sqrt((4 * 0.0025 + 0.005) / 8),
      8,
    ],
  ])('%s', (_name, groups, sdLog, degrees) => {
    const spread = spreadOf('latency-p50', groups);
    expect(spread.sdLog).toBeCloseTo(sdLog, 12);
    expect(spread.degrees).toBe(degrees);
  });

  it.each([
    // s̃² = (4 × 0.05² + sum of squares) / (4 + degrees seen)
    ['two runs and one', [[0, 0.2], [5]], Math.sqrt((4 * 0.0025 + 0.02) / 5), 5],
    ['an earlier group', [[0], [1], [], [0, 0.3]], Math.sqrt((4 * 0.0025 + 0.045) / 5), 5],
  ])('weighs the assumption and what is seen: %s', (_name, groups, sdLog, degrees) => {
    const spread = spreadOf('latency-p50', groups);
    expect(spread.sdLog).toBeCloseTo(sdLog, 12);
    expect(spread.degrees).toBe(degrees);
  });

  it('comes to what is seen where many runs are', () => {
    const runs = Array.from({ length: 2000 }, (_, run) => (run % 2 === 0 ? 0.3 : -0.3));
    expect(spreadOf('goodput', [runs]).sdLog).toBeCloseTo(0.3, 2);
    expect(ASSUMED_SD_LOG.goodput).toBeLessThan(0.3);
  });
});
