import { StatisticsError } from '../statistics-error.js';
import type { SurvivalData } from '../survival/checked-risk-table.js';
import { checkLength } from '../survival/checked-column.js';
import { kaplanMeier } from '../survival/kaplan-meier.js';
import { survivalAt } from '../survival/survival-at.js';
import { checkRows, type SurvivalColumns } from '../survival/survival-columns.js';
import { censoringWeights } from './censoring-weights.js';

export interface BrierScore {
  readonly time: number;
  /** Mean squared distance of forecast and outcome: 0 is perfect, 0.25 is what saying 0.5 always gets. */
  readonly score: number;
  /** That of forecasting the rows' own Kaplan–Meier for everyone: the base rate, to be beaten. */
  readonly baseRateScore: number;
  /** 1 - score / baseRateScore: 0 or less is a forecast not worth publishing. Null where the base rate is certain. */
  readonly skill: number | null;
}

/**
 * Brier score of predicted survival at a time, censored rows made up for by weights (Graf et al. 1999).
 *
 * @param survival each row's predicted probability of no event by `time`
 * @param censoring whose censoring to weight by; default the rows'
 * @throws StatisticsError as `censoringWeights`; `invalid-input` for a probability outside of [0, 1]
 */
export function brierScore(
  columns: SurvivalColumns,
  survival: ArrayLike<number>,
  time: number,
  censoring: SurvivalData = columns,
): BrierScore {
  const rows = checkRows(columns);
  checkProbabilities('survival', survival, rows.rows);
  const weights = censoringWeights(columns, time, censoring);
  const total = rows.weights?.reduce((sum, one) => sum + one, 0) ?? rows.rows;
  const scoreOf = (forecast: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < rows.rows; i++) {
      const lasted = rows.time[i]! > time ? 1 : 0;
      sum += weights[i]! * (rows.weights?.[i] ?? 1) * (lasted - forecast(i)) ** 2;
    }
    return sum / total;
  };
  const base = survivalAt(kaplanMeier(columns), time)!.survival;
  const score = scoreOf((i) => survival[i]!);
  const baseRateScore = scoreOf(() => base);
  return { time, score, baseRateScore, skill: baseRateScore > 0 ? 1 - score / baseRateScore : null };
}

export function checkProbabilities(name: string, column: ArrayLike<number>, rows: number): void {
  checkLength(name, column, rows);
  for (let i = 0; i < rows; i++) {
    if (Number.isFinite(column[i]) && column[i]! >= 0 && column[i]! <= 1) continue;
    throw new StatisticsError('invalid-input', `${name}[${i}] is ${column[i]}: give a probability from 0 to 1.`);
  }
}
