import { StatisticsError } from '../statistics-error.js';
import { finiteColumn } from '../survival/checked-column.js';
import { intervalWidth } from '../survival/probability-interval.js';
import type { LogisticFit } from './logistic-regression.js';

export interface PredictedProbability {
  readonly probability: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Probabilities of the event by row, from a fit and covariates of the same names, in any order.
 *
 * @returns as many as there are rows
 * @throws StatisticsError `invalid-input` if a covariate is missing, unknown or not finite
 */
export function logisticProbabilities(
  fit: LogisticFit,
  covariates: Readonly<Record<string, ArrayLike<number>>>,
  rows: number = Object.values(covariates)[0]?.length ?? 1,
): Float64Array {
  return predictor(fit, checkedRows(fit, covariates, rows), rows).map((eta) => 1 / (1 + Math.exp(-eta)));
}

/**
 * As `logisticProbabilities`, with intervals that are symmetric in log odds, from the fit's covariance (delta method). Of
 * the mean, not of an outcome.
 *
 * @throws StatisticsError as `logisticProbabilities`
 */
export function logisticPredictions(
  fit: LogisticFit,
  covariates: Readonly<Record<string, ArrayLike<number>>>,
  options: { readonly confidence?: number } = {},
): readonly PredictedProbability[] {
  const z = intervalWidth(options.confidence ?? 0.95);
  const rows = Object.values(covariates)[0]?.length ?? 1;
  const columns = checkedRows(fit, covariates, rows);
  const etas = predictor(fit, columns, rows);
  return Array.from(etas, (eta, i) => {
    const row = [1, ...columns.map((column) => column[i]!)];
    const variance = row.reduce((sum, u, a) => row.reduce((s, v, b) => s + u * fit.covariance[a]![b]! * v, sum), 0);
    const half = z * Math.sqrt(variance);
    const [probability, lower, upper] = [eta, eta - half, eta + half].map((one) => 1 / (1 + Math.exp(-one)));
    return { probability: probability!, lower: lower!, upper: upper! };
  });
}

function checkedRows(fit: LogisticFit, covariates: Readonly<Record<string, ArrayLike<number>>>, rows: number) {
  const given = Object.keys(covariates);
  if (given.length !== fit.names.length || fit.names.some((name) => !given.includes(name))) {
    throw new StatisticsError('invalid-input', `covariates are ${given.join(', ') || 'none'}: give those of the fit: ${fit.names.join(', ') || 'none'}.`); // prettier-ignore
  }
  return fit.names.map((name) => finiteColumn(`covariates.${name}`, covariates[name]!, rows));
}

function predictor(fit: LogisticFit, columns: readonly Float64Array[], rows: number): Float64Array {
  const etas = new Float64Array(rows).fill(fit.intercept.estimate);
  fit.coefficients.forEach(({ estimate }, a) => {
    for (let i = 0; i < rows; i++) etas[i]! += estimate * columns[a]![i]!;
  });
  return etas;
}
