import { StatisticsError } from '../statistics-error.js';
import { lengthOf } from '../survival/checked-column.js';
import type { SurvivalData } from '../survival/checked-risk-table.js';
import type { SurvivalColumns } from '../survival/survival-columns.js';
import { brierScore, type BrierScore } from './brier-score.js';

export interface IntegratedBrier {
  readonly score: number;
  readonly baseRateScore: number;
  readonly skill: number | null;
  readonly byTime: readonly BrierScore[];
}

/**
 * Brier score averaged over times: the area by trapezoids from the first time to the last, divided by their distance
 * (Graf et al. 1999).
 *
 * @param survival for each time, each row's predicted probability of no event by then
 * @param times at least two, ascending
 * @throws StatisticsError as `brierScore`
 */
export function integratedBrier(
  columns: SurvivalColumns,
  survival: readonly ArrayLike<number>[],
  times: ArrayLike<number>,
  censoring: SurvivalData = columns,
): IntegratedBrier {
  lengthOf('times', times);
  const list = Array.from(times);
  if (
    list.length < 2 ||
    lengthOf('survival', survival) !== list.length ||
    list.some((one, k) => k > 0 && one <= list[k - 1]!)
  ) {
    throw new StatisticsError(
      'invalid-input',
      `There are ${list.length} times and ${survival.length} columns of forecasts: give at least two times, ascending, and a column for each.`,
    );
  }
  const byTime = list.map((time, k) => brierScore(columns, survival[k]!, time, censoring));
  const mean = (of: (one: BrierScore) => number): number => {
    let area = 0;
    for (let k = 1; k < list.length; k++)
      area += ((list[k]! - list[k - 1]!) * (of(byTime[k]!) + of(byTime[k - 1]!))) / 2;
    return area / (list.at(-1)! - list[0]!);
  };
  const score = mean((one) => one.score);
  const baseRateScore = mean((one) => one.baseRateScore);
  return { score, baseRateScore, skill: baseRateScore > 0 ? 1 - score / baseRateScore : null, byTime };
}
