import { StatisticsError } from '../statistics-error.js';
import { LARGEST, finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';

/** What a comparison of means needs to know of an arm, however many accounts it has. */
export interface ArmMoments {
  readonly accounts: number;
  readonly mean: number;
  /** With n - 1, as ClickHouse's `varSamp`. */
  readonly variance: number;
}

/**
 * Moments of an arm's outcomes, one value an account (or for `counts` accounts each).
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` below 2 accounts, who have no variance
 */
export function armMoments(values: ArrayLike<number>, counts?: ArrayLike<number>): ArmMoments {
  const rows = lengthOf('values', values);
  if (rows === 0) throw new StatisticsError('not-enough-data', 'values is empty: give at least two.');
  const column = finiteColumn('values', values, rows);
  const count = counts ? weightColumn(counts, rows, 'counts') : new Float64Array(rows).fill(1);
  const accounts = count.reduce((sum, one) => sum + one, 0);
  if (!(accounts > 1))
    throw new StatisticsError('not-enough-data', `values are of ${accounts} accounts: give at least 2.`);
  const mean = column.reduce((sum, one, i) => sum + (one * count[i]!) / accounts, 0);
  const squares = column.reduce((sum, one, i) => sum + count[i]! * (one - mean) ** 2, 0);
  return { accounts, mean, variance: squares / (accounts - 1) };
}

/** @throws StatisticsError naming the arm */
export function checkArm(name: string, arm: ArmMoments): ArmMoments {
  const { accounts, mean, variance } = arm;
  if (![accounts, mean, variance].every((one) => Number.isFinite(one) && Math.abs(one) <= LARGEST) || variance < 0) {
    throw new StatisticsError('invalid-input', `${name} has ${accounts} accounts, mean ${mean}, variance ${variance}: give finite numbers, and a variance of 0 or more.`); // prettier-ignore
  }
  if (accounts > 1) return arm;
  throw new StatisticsError('not-enough-data', `${name} has ${accounts} accounts: give at least 2.`);
}
