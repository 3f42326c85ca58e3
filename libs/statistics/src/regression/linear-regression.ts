import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { StatisticsError } from '../statistics-error.js';
import {
  checkConfidence,
  columnNames,
  finiteColumn,
  lengthOf,
  weighedRows,
  weightColumn,
} from '../survival/checked-column.js';
import { checkIndependent, fromPacked, invertPositive } from '../survival/information-matrix.js';
import { standardisedColumns } from '../survival/standardised-columns.js';
import { weightedProducts } from '../survival/weighted-products.js';

/** One line for each account, or for each pattern of covariates and outcome. Columns of one length. */
export interface LinearColumns {
  /** By name; may be none. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  readonly outcome: ArrayLike<number>;
  /** How many accounts the line stands for. Absent: 1 each. */
  readonly counts?: ArrayLike<number>;
}

/** `HC2` allows each row an error of its own size (MacKinnon & White 1985); `equal` assumes one for all. */
export type LinearErrors = 'HC2' | 'equal';

export interface LinearCoefficient {
  readonly name: string;
  /** Outcome's units for one more unit of the covariate. */
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
}

export interface LinearFit {
  readonly names: readonly string[];
  readonly intercept: { readonly estimate: number; readonly standardError: number };
  readonly coefficients: readonly LinearCoefficient[];
  /** (1 + p) × (1 + p): of the intercept, then of the coefficients. */
  readonly covariance: readonly (readonly number[])[];
  readonly residualVariance: number;
  readonly degreesOfFreedom: number;
  readonly rows: number;
}

/**
 * Least squares: outcome = intercept + x'β, β = (X'X)⁻¹ X'y, with intervals by Student's t on n - 1 - p degrees of
 * freedom; errors by MacKinnon & White (1985) or s² (X'X)⁻¹.
 *
 * Assumes that accounts are independent; with `HC2` errors no more than that. Lines with counts give the same answer as
 * rows.
 *
 * @throws StatisticsError `not-enough-data` with no more rows than coefficients; `invalid-input`; `collinear`
 */
export function linearRegression(
  columns: LinearColumns,
  options: { readonly errors?: LinearErrors; readonly confidence?: number } = {},
): LinearFit {
  const { errors = 'HC2' } = options;
  const confidence = checkConfidence(options.confidence ?? 0.95);
  if (errors !== 'HC2' && errors !== 'equal') {
    throw new StatisticsError('invalid-input', `errors is ${String(errors)}: give HC2 or equal.`);
  }
  const lines = lengthOf('outcome', columns.outcome);
  if (lines === 0) throw new StatisticsError('not-enough-data', 'outcome is empty: give at least one line.');
  const outcome = finiteColumn('outcome', columns.outcome, lines);
  const given = columns.counts ? weightColumn(columns.counts, lines, 'counts') : new Float64Array(lines).fill(1);
  const kept = weighedRows(given);
  const count = Float64Array.from(kept, (i) => given[i]!);
  const y = Float64Array.from(kept, (i) => outcome[i]!);
  const names = columnNames(columns.covariates);
  const size = names.length;
  const rows = count.reduce((sum, one) => sum + one, 0);
  const freedom = rows - 1 - size;
  if (!(freedom > 0)) {
    throw new StatisticsError('not-enough-data', `outcome has ${rows} rows for ${size + 1} coefficients: give at least ${size + 2} rows.`); // prettier-ignore
  }
  const { x, mean, scale } = standardisedColumns(columns.covariates, lines, kept, count);
  const middle = y.reduce((sum, one, i) => sum + (one * count[i]!) / rows, 0);
  const products = fromPacked(weightedProducts(x, count, size), size);
  const away = y.map((one) => one - middle);
  const slope = weightedColumnSums(x, size, count, away);
  if (size > 0) checkIndependent(products, names, rows);
  const inverse = size === 0 ? products : invertPositive(products);
  if (inverse === null)
    throw new StatisticsError('collinear', `${names.join(', ')} cannot be told apart: leave one out.`);
  const beta = Array.from(slope, (_, a) => slope.reduce((sum, one, b) => sum + inverse.get(a, b) * one, 0));
  // Each row's (X'X)⁻¹x, intercept first: what its residual adds to the estimates.
  const pull = (i: number): number[] => [
    1 / rows,
    ...beta.map((_, a) => beta.reduce((sum, __, b) => sum + inverse.get(a, b) * x[i * size + b]!, 0)),
  ];
  const covariance = Array.from({ length: size + 1 }, () => new Array<number>(size + 1).fill(0));
  const leastError = Number.EPSILON * away.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  const residuals = residualsOf(y, x, middle, beta, 4 * leastError);
  const squares = residuals.reduce((sum, one, i) => sum + count[i]! * one * one, 0);
  for (let i = 0; i < kept.length; i++) {
    const residual = residuals[i]!;
    if (errors === 'equal' || residual === 0) continue;
    const own = pull(i);
    const leverage = own.reduce((sum, one, a) => sum + one * (a === 0 ? 1 : x[i * size + a - 1]!), 0);
    const factor = (count[i]! * residual * residual) / Math.max(1e-12, 1 - leverage);
    own.forEach((u, a) => own.forEach((v, b) => (covariance[a]![b]! += factor * u * v)));
  }
  if (errors === 'equal') {
    const variance = squares / freedom;
    covariance[0]![0] = variance / rows;
    beta.forEach((_, a) => beta.forEach((__, b) => (covariance[a + 1]![b + 1] = variance * inverse.get(a, b))));
  }
  const [estimates, errorsOf] = unstandardised(middle, beta, covariance, mean, scale);
  const width = tQuantile((1 + confidence) / 2, freedom);
  return {
    names,
    intercept: { estimate: estimates[0]!, standardError: Math.sqrt(errorsOf[0]![0]!) },
    coefficients: names.map((name, a) => {
      const [estimate, standardError] = [estimates[a + 1]!, Math.sqrt(errorsOf[a + 1]![a + 1]!)];
      const p = standardError === 0 ? (estimate === 0 ? 1 : 0) : 2 * tCdf(-Math.abs(estimate / standardError), freedom);
      return { name, estimate, standardError, lower: estimate - width * standardError, upper: estimate + width * standardError, p }; // prettier-ignore
    }),
    covariance: errorsOf,
    residualVariance: squares / freedom,
    degreesOfFreedom: freedom,
    rows,
  };
}

function weightedColumnSums(x: Float64Array, size: number, count: Float64Array, away: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let i = 0; i < count.length; i++) {
    for (let a = 0; a < size; a++) sums[a]! += count[i]! * x[i * size + a]! * away[i]!;
  }
  return sums;
}

/** Those of no more than `rounding` are 0. */
function residualsOf(
  y: Float64Array,
  x: Float64Array,
  middle: number,
  beta: readonly number[],
  rounding: number,
): Float64Array {
  const residuals = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    let fitted = middle;
    for (let a = 0; a < beta.length; a++) fitted += beta[a]! * x[i * beta.length + a]!;
    const residual = y[i]! - fitted;
    if (Math.abs(residual) > rounding) residuals[i] = residual;
  }
  return residuals;
}

/** Estimates and covariance in the covariates' own units and about their own 0. */
function unstandardised(
  middle: number,
  beta: readonly number[],
  covariance: readonly (readonly number[])[],
  mean: Float64Array,
  scale: Float64Array,
): [number[], number[][]] {
  const estimates = beta.map((one, a) => one / scale[a]!);
  const unit = [1, ...beta.map((_, a) => 1 / scale[a]!)];
  const moved = covariance.map((row, a) => row.map((one, b) => one * unit[a]! * unit[b]!));
  const shift = [1, ...Array.from(mean, (one) => -one)];
  const cross = moved.map((row) => row.reduce((sum, one, b) => sum + one * shift[b]!, 0));
  // Where the rows at 0 leave no residual, what is left is rounding, of either sign.
  const variance = Math.max(0, cross.reduce((sum, one, a) => sum + one * shift[a]!, 0)); // prettier-ignore
  const full = moved.map((row, a) =>
    row.map((one, b) => (a === 0 ? (b === 0 ? variance : cross[b]!) : b === 0 ? cross[a]! : one)),
  );
  return [[estimates.reduce((sum, one, a) => sum - one * mean[a]!, middle), ...estimates], full];
}
