import { StatisticsError } from '../statistics-error.js';
import { checkLength } from './checked-column.js';
import type { SurvivalColumns } from './survival-columns.js';

/** Accounts with the time at which each reached a milestone. */
export interface MilestoneColumns extends Omit<SurvivalColumns, 'weights'> {
  /** On the clock of `time`; null for never. After the row's own end it counts as never. */
  readonly reached: ArrayLike<number | null>;
}

/** Never is Infinity. */
export function reachedColumn(reached: ArrayLike<number | null>, rows: number): Float64Array {
  checkLength('reached', reached, rows);
  const column = Float64Array.from({ length: rows }, (_, i) => (reached[i] === null ? Infinity : reached[i]!));
  const wrong = column.findIndex((one, i) => Number.isNaN(one) || one === -Infinity || typeof reached[i] === 'string');
  if (wrong < 0) return column;
  throw new StatisticsError('invalid-input', `reached[${wrong}] is ${reached[wrong]}: give a time, or null for never.`);
}
