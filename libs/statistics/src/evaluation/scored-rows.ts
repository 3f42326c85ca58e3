import { StatisticsError } from '../statistics-error.js';
import { ascendingOrder } from '../survival/ascending-order.js';
import { finiteColumn } from '../survival/checked-column.js';
import { checkRows, type CheckedRows, type SurvivalColumns } from '../survival/survival-columns.js';

/** Rows with the score of a forecast. */
export interface ScoredColumns extends SurvivalColumns {
  /** The higher, the sooner the event is expected: a linear predictor, or minus a predicted time. */
  readonly risk: ArrayLike<number>;
}

export interface ScoredRows extends CheckedRows {
  /** Place of each row's risk among the distinct ones, ascending. */
  readonly rank: Uint32Array;
  readonly ranks: number;
}

/** @throws StatisticsError as `checkRows`; `not-enough-data` without events */
export function checkScoredRows(columns: ScoredColumns): ScoredRows {
  const rows = checkRows(columns);
  const risk = finiteColumn('risk', columns.risk, rows.rows);
  if (!rows.event.some((one, i) => one === 1 && rows.weights?.[i] !== 0)) {
    throw new StatisticsError('not-enough-data', 'Every row is censored: no forecast can be judged without events.');
  }
  const rank = new Uint32Array(rows.rows);
  let ranks = 0;
  let last = NaN;
  for (const i of ascendingOrder(risk)) {
    if (risk[i] !== last) ranks++;
    last = risk[i]!;
    rank[i] = ranks - 1;
  }
  return { ...rows, rank, ranks };
}
