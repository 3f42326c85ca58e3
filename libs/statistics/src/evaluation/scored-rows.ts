import { StatisticsError } from '../statistics-error.js';
import { ascendingOrder } from '../survival/ascending-order.js';
import { finiteColumn, weightColumn } from '../survival/checked-column.js';
import { checkRows, type CheckedRows, type SurvivalColumns } from '../survival/survival-columns.js';

/** Rows with the score of a forecast. */
export interface ScoredColumns extends SurvivalColumns {
  /** The higher, the sooner the event is expected: a linear predictor, or minus a predicted time. */
  readonly risk: ArrayLike<number>;
  /** How much each row matters, ≥ 0: for the error a row of weight 2 is one that matters twice, as in R. */
  readonly weights?: ArrayLike<number>;
  /** How many equal rows this one stands for, ≥ 0: answer and error are those of the rows written out. */
  readonly counts?: ArrayLike<number>;
}

export interface ScoredRows extends CheckedRows {
  /** Place of each row's risk among the distinct ones, ascending. */
  readonly rank: Uint32Array;
  readonly ranks: number;
  /** Already in `weights`. */
  readonly counts: Float64Array | null;
}

/** @throws StatisticsError as `checkRows`; `not-enough-data` without events */
export function checkScoredRows(columns: ScoredColumns): ScoredRows {
  const own = checkRows(columns);
  const counts = columns.counts === undefined ? null : weightColumn(columns.counts, own.rows, 'counts');
  const rows = {
    ...own,
    weights: counts === null ? own.weights : counts.map((one, i) => one * (own.weights?.[i] ?? 1)),
  };
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
  return { ...rows, counts, rank, ranks };
}
