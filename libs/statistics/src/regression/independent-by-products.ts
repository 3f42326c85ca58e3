import { commonValue, weightedProducts } from '../survival/weighted-products.js';

/** Rows whose products are added up before they join the rest: a sum of all would round as often as there are rows. */
const BLOCK = 512;

/**
 * Which columns earlier ones do not make up, from the sums of their products alone (Cholesky's pivots): one pass over the
 * rows. Null where the rounding of these sums might decide, as after columns that are nearly the same.
 *
 * @param columns of weighted mean 0 and weighted sum of squares 1
 * @param leastLeft share of a column's variance that earlier ones must leave it
 */
export function independentByProducts(
  columns: readonly Float64Array[],
  weight: Float64Array,
  leastLeft: number,
): readonly boolean[] | null {
  const products = productsOf(columns, weight);
  const rounding = Number.EPSILON * (BLOCK + weight.length / BLOCK);
  const kept: number[] = [];
  /** Cholesky's factor of the columns that are kept, row by row. */
  const lower: Float64Array[] = [];
  const isKept: boolean[] = [];
  for (let a = 0; a < columns.length; a++) {
    const ofColumn = (a * (a + 1)) / 2;
    const row = new Float64Array(kept.length + 1);
    let left = products[ofColumn + a]!;
    kept.forEach((b, k) => {
      row[k] = (products[ofColumn + b]! - dot(row, lower[k]!, k)) / lower[k]![k]!;
      left -= row[k]! ** 2;
    });
    // A change of the products by δ changes what is left by no more than δ (1 + Σ |factor|)².
    const doubt = rounding * (1 + sizeOfFactors(row, lower)) ** 2;
    if (!(Math.abs(left - leastLeft) > doubt)) return null;
    isKept.push(left > leastLeft);
    if (!(left > leastLeft)) continue;
    row[kept.length] = Math.sqrt(left);
    lower.push(row);
    kept.push(a);
  }
  return isKept;
}

/** Packed lower triangle. */
function productsOf(columns: readonly Float64Array[], weight: Float64Array): Float64Array {
  const size = columns.length;
  const total = new Float64Array((size * (size + 1)) / 2);
  const common = Float64Array.from(columns, (column) => commonValue(column));
  const x = new Float64Array(Math.min(BLOCK, weight.length) * size);
  for (let from = 0; from < weight.length; from += BLOCK) {
    const own = weight.subarray(from, from + BLOCK);
    columns.forEach((column, a) => {
      for (let i = 0; i < own.length; i++) x[i * size + a] = column[from + i]!;
    });
    const block = weightedProducts(x, own, size, common);
    for (let ab = 0; ab < total.length; ab++) total[ab]! += block[ab]!;
  }
  return total;
}

/** Σ |factor| with which the kept columns come nearest to a column, by back substitution of its row of Cholesky's factor. */
function sizeOfFactors(row: Float64Array, lower: readonly Float64Array[]): number {
  const factors = row.slice(0, lower.length);
  let size = 0;
  for (let k = lower.length - 1; k >= 0; k--) {
    const own = lower[k]!;
    factors[k]! /= own[k]!;
    for (let c = 0; c < k; c++) factors[c]! -= own[c]! * factors[k]!;
    size += Math.abs(factors[k]!);
  }
  return size;
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum += a[c]! * b[c]!;
  return sum;
}
