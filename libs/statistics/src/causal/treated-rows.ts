import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, indicatorColumn, lengthOf, picked, weightColumn } from '../survival/checked-column.js';
import { standardisedColumns } from '../survival/standardised-columns.js';

/** One line for each account, or for each pattern. Columns of one length. */
export interface TreatedColumns {
  /** 1 if the account had what is asked about (reached the milestone, was played the playbook), else 0. */
  readonly treated: ArrayLike<number>;
  /** Known before it could be had, by name: nothing that it may have changed. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  /** How many accounts the line stands for. Absent: 1 each. */
  readonly counts?: ArrayLike<number>;
}

export interface OutcomeColumns extends TreatedColumns {
  /** Known after; 0 and 1, or an amount. */
  readonly outcome: ArrayLike<number>;
}

export interface TreatedRows {
  readonly treated: Uint8Array;
  readonly count: Float64Array;
  /** Number of accounts by arm: of 0, of 1. */
  readonly sizes: readonly [number, number];
}

/** @throws StatisticsError `not-enough-data` unless both arms have accounts; `invalid-input` */
export function treatedRows(given: ArrayLike<number>, counts?: ArrayLike<number>): TreatedRows {
  const rows = lengthOf('treated', given);
  if (rows === 0) throw new StatisticsError('not-enough-data', 'treated is empty: give at least one row.');
  const treated = indicatorColumn('treated', given, rows);
  const count = counts ? weightColumn(counts, rows, 'counts') : new Float64Array(rows).fill(1);
  const sizes: [number, number] = [0, 0];
  for (let i = 0; i < rows; i++) sizes[treated[i] as 0 | 1] += count[i]!;
  if (sizes[0] > 0 && sizes[1] > 0) return { treated, count, sizes };
  throw new StatisticsError('not-enough-data', `treated is ${sizes[1] > 0 ? 1 : 0} in all rows: a comparison needs both.`); // prettier-ignore
}

export function scoreColumn(scores: ArrayLike<number>, rows: number): Float64Array {
  const column = finiteColumn('scores', scores, rows);
  const wrong = column.findIndex((one) => !(one > 0 && one < 1));
  if (wrong < 0) return column;
  throw new StatisticsError('invalid-input', `scores[${wrong}] is ${column[wrong]}: give probabilities strictly between 0 and 1; who is certain to be in one arm compares with nobody.`); // prettier-ignore
}

/** Chosen rows of every column. */
export function chosenRows(columns: Readonly<Record<string, ArrayLike<number>>>, rows: ArrayLike<number>) {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, picked(column, rows)]));
}

/** Columns centred and scaled, for errors that go through the scores: far from 0 they would lose their digits. */
export function standardisedCovariates(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  count: Float64Array,
): Readonly<Record<string, Float64Array>> {
  const rows = count.length;
  const { x } = standardisedColumns(columns, rows, Uint32Array.from(count.keys()), count);
  const names = Object.keys(columns);
  const columnOf = (a: number): Float64Array => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = x[i * names.length + a]!;
    return column;
  };
  return Object.fromEntries(names.map((name, a) => [name, columnOf(a)]));
}
