import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';

/** Full symmetric matrix of a packed lower triangle. */
export function fromPacked(packed: Float64Array, size: number): Matrix {
  const matrix = Matrix.zeros(size, size);
  for (let a = 0, ab = 0; a < size; a++) {
    for (let b = 0; b <= a; b++, ab++) {
      matrix.set(a, b, packed[ab]!);
      matrix.set(b, a, packed[ab]!);
    }
  }
  return matrix;
}

/** Solution of A s = g, or null unless A is positive definite. */
export function solvePositive(matrix: Matrix, right: ArrayLike<number>): Float64Array | null {
  const solution = solveColumns(matrix, Matrix.columnVector(Array.from(right)));
  return solution === null ? null : Float64Array.from(solution.getColumn(0));
}

/** Inverse of A, or null unless A is positive definite. */
export function invertPositive(matrix: Matrix): Matrix | null {
  const inverse = solveColumns(matrix, Matrix.eye(matrix.rows));
  return inverse === null ? null : symmetric(inverse);
}

/** Products of symmetric matrices miss symmetry by their rounding, and ml-matrix then refuses them. */
const symmetric = (matrix: Matrix): Matrix => Matrix.add(matrix, matrix.transpose()).mul(0.5);

function solveColumns(matrix: Matrix, right: Matrix): Matrix | null {
  if (!Number.isFinite(matrix.sum())) return null;
  const decomposition = new CholeskyDecomposition(symmetric(matrix));
  if (!decomposition.isPositiveDefinite()) return null;
  const solution = decomposition.solve(right);
  return Number.isFinite(solution.sum()) ? solution : null;
}

/** Share of a covariate's variation that others must leave it: with less, nine digits of its estimate are rounding. */
const LEAST_LEFT = 1e-10;

/**
 * Refuses covariates that others determine, by Cholesky's pivots in the order given.
 *
 * @param information of standardised covariates
 * @param total weight of the events: what the diagonal is measured against
 * @throws StatisticsError `collinear` naming the covariate and those that determine it
 */
export function checkIndependent(information: Matrix, names: readonly string[], total: number): void {
  const lower = Matrix.zeros(names.length, names.length);
  names.forEach((name, a) => {
    const own = information.get(a, a);
    if (!(own > LEAST_LEFT * total)) {
      throw new StatisticsError('collinear', `${name} does not vary among those at risk at any event (or only with the strata): leave it out.`); // prettier-ignore
    }
    let left = own;
    for (let b = 0; b < a; b++) {
      let sum = information.get(a, b);
      for (let c = 0; c < b; c++) sum -= lower.get(a, c) * lower.get(b, c);
      lower.set(a, b, sum / lower.get(b, b));
      left -= lower.get(a, b) ** 2;
    }
    if (!(left > LEAST_LEFT * own)) throw collinear(name, names.slice(0, a), lower);
    lower.set(a, a, Math.sqrt(left));
  });
}

/** Back substitution tells with what factors the earlier covariates make up this one. */
function collinear(name: string, earlier: readonly string[], lower: Matrix): StatisticsError {
  const size = earlier.length;
  const factors = new Float64Array(size);
  for (let b = size - 1; b >= 0; b--) {
    let sum = lower.get(size, b);
    for (let c = b + 1; c < size; c++) sum -= lower.get(c, b) * factors[c]!;
    factors[b] = sum / lower.get(b, b);
  }
  const makers = earlier.filter((_, b) => Math.abs(factors[b]!) > 1e-5).join(', ');
  return new StatisticsError('collinear', `${name} is a linear combination of ${makers}: leave one of them out.`);
}
