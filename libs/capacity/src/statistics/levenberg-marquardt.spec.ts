import { leastSquares, type LeastSquaresProblem } from './levenberg-marquardt.ts';

/** NIST StRD, nonlinear regression, Misra1a: y = b1 (1 − exp(−b2 x)), dental research, 14 observations. */
const misra1a = [
  [77.6, 10.07],
  [114.9, 14.73],
  [141.1, 17.94],
  [190.8, 23.93],
  [239.9, 29.61],
  [289.0, 35.18],
  [332.8, 40.02],
  [378.4, 44.82],
  [434.8, 50.76],
  [477.3, 55.05],
  [536.8, 61.01],
  [593.1, 66.4],
  [689.1, 75.47],
  [760.0, 81.78],
] as const;

const problem: LeastSquaresProblem = {
  residuals: ([b1 = 0, b2 = 0]) => misra1a.map(([x, y]) => b1 * (1 - Math.exp(-b2 * x)) - y),
  derivatives: ([b1 = 0, b2 = 0]) =>
    misra1a.map(([x]) => [1 - Math.exp(-b2 * x), b1 * x * Math.exp(-b2 * x)]),
};

/** y = b1 + b2 x, whose solution is known in closed form. */
const line: LeastSquaresProblem = {
  residuals: ([b1 = 0, b2 = 0]) => misra1a.map(([x, y]) => b1 + b2 * x - y),
  derivatives: () => misra1a.map(([x]) => [1, x]),
};

describe('leastSquares', () => {
  it.each([
    ['the far start', [500, 0.0001]],
    ['the near start', [250, 0.0005]],
  ])('gives the certified values of Misra1a from %s', (_name, start) => {
    const { parameters, squares } = leastSquares(problem, start);
    expect(parameters[0]).toBeCloseTo(238.94212918, 5);
    expect((parameters[1] ?? 0) * 1e4).toBeCloseTo(5.5015643181, 7);
    expect(squares).toBeCloseTo(0.12455138894, 9);
  });

  it('agrees with the normal equations of a line', () => {
    const n = misra1a.length;
    const meanX = misra1a.reduce((sum, [x]) => sum + x, 0) / n;
    const meanY = misra1a.reduce((sum, [, y]) => sum + y, 0) / n;
    const slope =
      misra1a.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
      misra1a.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
    const { parameters } = leastSquares(line, [0, 0]);
    expect(parameters[1]).toBeCloseTo(slope, 9);
    expect(parameters[0]).toBeCloseTo(meanY - slope * meanX, 7);
  });

  it('stays at a perfect solution', () => {
    const perfect = { residuals: ([b = 0]: readonly number[]) => [b - 3], derivatives: () => [[1]] };
    expect(leastSquares(perfect, [3])).toEqual({ parameters: [3], squares: 0 });
    expect(leastSquares(perfect, [7]).parameters[0]).toBeCloseTo(3, 9);
  });

  it('leaves a parameter that nothing depends on where it is', () => {
    const idle = { residuals: ([b = 0]: readonly number[]) => [b - 3], derivatives: () => [[1, 0]] };
    expect(leastSquares(idle, [7, 5]).parameters[1]).toBe(5);
  });

  it('takes a step back that leads nowhere', () => {
    const steep = {
      residuals: ([b = 0]: readonly number[]) => [Math.log(b) - 1],
      derivatives: ([b = 0]: readonly number[]) => [[1 / b]],
    };
    expect(leastSquares(steep, [100]).parameters[0]).toBeCloseTo(Math.E, 6);
  });
});
