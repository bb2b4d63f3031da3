/** Relative improvement below which a step counts as none, and how many such steps end the search. */
const NEGLIGIBLE = 1e-14;
const NEGLIGIBLE_STEPS = 3;

const STEPS = 200;

/** Residuals at parameters, and the derivative of each residual by each parameter. */
export interface LeastSquaresProblem {
  readonly residuals: (parameters: readonly number[]) => readonly number[];
  readonly derivatives: (parameters: readonly number[]) => readonly (readonly number[])[];
}

/** A local minimum of the sum of squares. */
export interface LeastSquaresSolution {
  readonly parameters: readonly number[];
  readonly squares: number;
}

/**
 * Nonlinear least squares of a few parameters: Marquardt, J. SIAM 11 (1963) 431. The damping is scaled by the diagonal
 * of the normal equations, so that the units of the parameters do not matter, and a step that makes it worse is taken
 * back.
 */
export function leastSquares(problem: LeastSquaresProblem, start: readonly number[]): LeastSquaresSolution {
  let parameters = start;
  let residuals = problem.residuals(start);
  let squares = squaresOf(residuals);
  let damping = 1e-3;
  let negligible = 0;
  for (let step = 0; step < STEPS && squares > 0 && negligible < NEGLIGIBLE_STEPS; step += 1) {
    const change = solveDamped(problem.derivatives(parameters), residuals, damping);
    const tried = parameters.map((value, index) => value - (change[index] ?? 0));
    const triedResiduals = problem.residuals(tried);
    const triedSquares = squaresOf(triedResiduals);
    if (triedSquares < squares) {
      negligible = squares - triedSquares < NEGLIGIBLE * squares ? negligible + 1 : 0;
      parameters = tried;
      residuals = triedResiduals;
      squares = triedSquares;
      damping = Math.max(damping / 10, 1e-12);
    } else {
      damping *= 10;
      if (damping > 1e12) break;
    }
  }
  return { parameters, squares };
}

/** δ of (JᵀJ + λ·diag JᵀJ) δ = Jᵀr. */
function solveDamped(
  derivatives: readonly (readonly number[])[],
  residuals: readonly number[],
  damping: number,
): number[] {
  const width = derivatives[0]?.length ?? 0;
  const rows = Array.from({ length: width }, (_, i) => {
    const row = Array.from({ length: width + 1 }, (_, j) =>
      derivatives.reduce(
        (sum, of, index) => sum + (of[i] ?? 0) * (j < width ? (of[j] ?? 0) : (residuals[index] ?? 0)),
        0,
      ),
    );
    const diagonal = row[i] ?? 0;
    // A parameter that nothing depends on stays where it is.
    row[i] = diagonal > 0 ? diagonal * (1 + damping) : 1;
    return row;
  });
  return eliminate(rows);
}

/** Gauss–Jordan on an augmented matrix; positive definite by its damping, so that no pivot has to be searched. */
function eliminate(rows: number[][]): number[] {
  rows.forEach((pivotRow, pivot) => {
    const divisor = pivotRow[pivot] || 1;
    for (let column = pivot; column < pivotRow.length; column += 1)
      pivotRow[column] = (pivotRow[column] ?? 0) / divisor;
    rows.forEach((row, index) => {
      if (index === pivot) return;
      const factor = row[pivot] ?? 0;
      for (let column = pivot; column < row.length; column += 1) {
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
      }
    });
  });
  return rows.map((row) => row.at(-1) ?? 0);
}

/** Infinite where a residual is not a number, so that such a step is taken back. */
function squaresOf(residuals: readonly number[]): number {
  const sum = residuals.reduce((total, residual) => total + residual ** 2, 0);
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}
