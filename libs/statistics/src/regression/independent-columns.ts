import { finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';
import { independentByProducts } from './independent-by-products.js';

/** What is left of a column's variance, as a share of it, below which others make it up. */
const LEAST_LEFT = 1e-9;
/** A deviation of less than this share of the mean is rounding, as for `standardisedColumns`. */
const LEAST_SPREAD = 1e-12;

/**
 * Columns without those that earlier ones and a constant make up, such as a plan tier that follows from the segment, or a
 * column that does not vary: they would add nothing to a model, and it could not tell them apart.
 *
 * @param columns by name, of one length, of finite numbers
 * @param weights by row: how many accounts it stands for
 * @returns the columns that remain, in their order, and the names of the others
 * @throws StatisticsError `invalid-input`; `not-enough-data` if all weights are 0
 */
export function independentColumns(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  weights: ArrayLike<number>,
): { kept: Record<string, ArrayLike<number>>; implied: string[] } {
  const weight = weightColumn(weights, lengthOf('weights', weights));
  const varying: Record<string, Float64Array> = {};
  for (const [name, given] of Object.entries(columns)) {
    const column = standardised(finiteColumn(`columns.${name}`, given, weight.length), weight);
    if (column !== null) varying[name] = column;
  }
  const own = Object.values(varying);
  const isKept = independentByProducts(own, weight, LEAST_LEFT) ?? independentByColumns(own, weight);
  const names = new Set(Object.keys(varying).filter((_, a) => isKept[a]));
  return {
    kept: Object.fromEntries(Object.entries(columns).filter(([name]) => names.has(name))),
    implied: Object.keys(columns).filter((name) => !names.has(name)),
  };
}

/** In place: of weighted mean 0 and weighted sum of squares 1; null if it does not vary. */
function standardised(column: Float64Array, weight: Float64Array): Float64Array | null {
  const rows = column.length;
  let [whole, sum, squares] = [0, 0, 0];
  for (let i = 0; i < rows; i++) whole += weight[i]!;
  for (let i = 0; i < rows; i++) sum += weight[i]! * column[i]!;
  const mean = sum / whole;
  for (let i = 0; i < rows; i++) squares += weight[i]! * (column[i]! - mean) ** 2;
  if (!(Math.sqrt(squares / whole) > LEAST_SPREAD * Math.abs(mean))) return null;
  const scale = Math.sqrt(squares);
  for (let i = 0; i < rows; i++) column[i] = (column[i]! - mean) / scale;
  return column;
}

/** By Gram–Schmidt over whole columns, which rounding cannot mislead: the slower by far. */
function independentByColumns(columns: readonly Float64Array[], weight: Float64Array): readonly boolean[] {
  const basis: Float64Array[] = [];
  return columns.map((column) => {
    const left = Float64Array.from(column);
    for (const direction of basis) subtract(left, product(left, direction, weight), direction);
    const norm = product(left, left, weight);
    if (!(norm > LEAST_LEFT)) return false;
    const length = Math.sqrt(norm);
    basis.push(left.map((value) => value / length));
    return true;
  });
}

function product(a: Float64Array, b: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += weight[i]! * a[i]! * b[i]!;
  return sum;
}

function subtract(from: Float64Array, times: number, direction: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i]! -= times * direction[i]!;
}
