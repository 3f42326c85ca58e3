import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Means, variances and covariance (with n - 1) of two named columns with a row for each account, or for `counts`. */
export function pairMoments(
  [one, other]: readonly [name: string, name: string],
  [first, second]: readonly [ArrayLike<number>, ArrayLike<number>],
  counts?: ArrayLike<number>,
): { accounts: number; first: Moments; second: Moments; covariance: number } {
  const rows = lengthOf(one, first);
  if (rows === 0) throw new StatisticsError('not-enough-data', `${one} is empty: give at least two rows.`);
  const left = finiteColumn(one, first, rows);
  const right = finiteColumn(other, second, rows);
  const count = counts ? weightColumn(counts, rows, 'counts') : new Float64Array(rows).fill(1);
  const accounts = count.reduce((sum, own) => sum + own, 0);
  if (!(accounts > 1))
    throw new StatisticsError('not-enough-data', `${one} is of ${accounts} accounts: give at least 2.`);
  const mean = (column: Float64Array): number => column.reduce((sum, own, i) => sum + (own * count[i]!) / accounts, 0);
  const [a, b] = [mean(left), mean(right)];
  const moment = (u: Float64Array, from: number, v: Float64Array, to: number): number =>
    u.reduce((sum, own, i) => sum + count[i]! * (own - from) * (v[i]! - to), 0) / (accounts - 1);
  return {
    accounts,
    first: { mean: a, variance: moment(left, a, left, a) },
    second: { mean: b, variance: moment(right, b, right, b) },
    covariance: moment(left, a, right, b),
  };
}
