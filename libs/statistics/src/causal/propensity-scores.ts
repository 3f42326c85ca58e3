import { logisticProbabilities } from '../regression/logistic-prediction.js';
import { logisticRegression, type LogisticFit } from '../regression/logistic-regression.js';
import { treatedRows, type TreatedColumns } from './treated-rows.js';

export interface PropensityScores {
  readonly fit: LogisticFit;
  /** Probability of treatment by row. */
  readonly scores: Float64Array;
}

/**
 * Propensity scores (Rosenbaum & Rubin 1983): P(treated | covariates) by logistic regression, with a ridge if one is
 * asked for. They make arms comparable in these covariates, and in nothing that is not among them.
 *
 * @throws StatisticsError as `logisticRegression`; `separation` says that a covariate decides who is treated
 */
export function propensityScores(columns: TreatedColumns, options: { readonly ridge?: number } = {}): PropensityScores {
  const { treated, count } = treatedRows(columns.treated, columns.counts);
  const events = count.map((one, i) => one * treated[i]!);
  const fit = logisticRegression({ covariates: columns.covariates, events, trials: count }, options);
  return { fit, scores: logisticProbabilities(fit, columns.covariates, treated.length) };
}
