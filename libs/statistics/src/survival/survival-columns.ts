import { finiteColumn, indicatorColumn, lengthOf, weightColumn } from './checked-column.js';
import { StatisticsError } from '../statistics-error.js';

/**
 * Rows of time at risk, one array a field, all of one length n. Times are in any one unit; times that are equal as
 * numbers are ties, so round computed times first.
 */
export interface SurvivalColumns {
  /** When the row's time at risk ended: ≥ 0, from the start of its clock. */
  readonly time: ArrayLike<number>;
  /** 1 if it ended with the event, 0 if it was censored then. */
  readonly event: ArrayLike<number>;
  /** When the row came under observation, ≥ 0 and < time; at risk in (start, time]. Absent: from before everything. */
  readonly start?: ArrayLike<number>;
  /** How many rows this one stands for, ≥ 0. A row of weight 0 is as if it were not there. */
  readonly weights?: ArrayLike<number>;
}

/** The same rows, checked and in typed arrays. */
export interface CheckedRows {
  readonly rows: number;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly start: Float64Array | null;
  readonly weights: Float64Array | null;
}

/** @throws StatisticsError `not-enough-data` without rows or weight, `invalid-input` naming the field and row. */
export function checkRows({ time, event, start, weights }: SurvivalColumns): CheckedRows {
  const checkedTime = timeColumn(time);
  const rows = checkedTime.length;
  return {
    rows,
    time: checkedTime,
    event: indicatorColumn('event', event, rows),
    start: start === undefined ? null : startColumn(start, checkedTime),
    weights: weights === undefined ? null : weightColumn(weights, rows),
  };
}

export function timeColumn(time: ArrayLike<number>): Float64Array {
  const rows = lengthOf('time', time);
  if (rows === 0) throw new StatisticsError('not-enough-data', 'There are no rows: give at least one.');
  return notNegative(finiteColumn('time', time, rows), 'time');
}

export function startColumn(start: ArrayLike<number>, time: Float64Array): Float64Array {
  const checked = notNegative(finiteColumn('start', start, time.length), 'start');
  const row = checked.findIndex((one, i) => one >= time[i]!);
  if (row >= 0) {
    throw new StatisticsError(
      'invalid-input',
      `start[${row}] is ${checked[row]} and time[${row}] is ${time[row]}: a row must start before it ends; leave out rows without time at risk.`,
    );
  }
  return checked;
}

function notNegative(column: Float64Array, name: string): Float64Array {
  let row = 0;
  while (row < column.length && column[row]! >= 0) row++;
  if (row === column.length) return column;
  throw new StatisticsError(
    'invalid-input',
    `${name}[${row}] is ${column[row]}: times run from 0; shift the clock or correct the row.`,
  );
}
