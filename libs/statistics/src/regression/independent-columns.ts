import { finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';

/** What is left of a column's variance, as a share of it, below which others make it up. */
const LEAST_LEFT = 1e-9;

/**
 * Columns without those that earlier ones and a constant make up, such as a plan tier that follows from the segment, or a
 * column that does not vary: they would add nothing to a model, and it could not tell them apart. By weighted Gram–Schmidt.
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
  const whole = weight.reduce((sum, one) => sum + one, 0);
  const product = (a: Float64Array, b: ArrayLike<number>): number =>
    weight.reduce((sum, one, i) => sum + one * a[i]! * b[i]!, 0);
  const basis: Float64Array[] = [];
  const kept: Record<string, ArrayLike<number>> = {};
  const implied: string[] = [];
  for (const [name, given] of Object.entries(columns)) {
    const column = finiteColumn(`columns.${name}`, given, weight.length);
    const mean = weight.reduce((sum, one, i) => sum + one * column[i]!, 0) / whole;
    let left = column.map((value) => value - mean);
    const own = product(left, left);
    for (const direction of basis) {
      const along = product(left, direction);
      left = left.map((value, i) => value - along * direction[i]!);
    }
    const norm = product(left, left);
    if (!(norm > LEAST_LEFT * own)) {
      implied.push(name);
      continue;
    }
    kept[name] = given;
    basis.push(left.map((value) => value / Math.sqrt(norm)));
  }
  return { kept, implied };
}
