import { normalQuantile } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { indicatorColumn, lengthOf } from '../survival/checked-column.js';
import { labelCodes, type Label } from '../survival/label-codes.js';
import { checkProbabilities } from './brier-score.js';

export interface ForecastColumns {
  /** Forecast probability of the event, by row. */
  readonly predicted: ArrayLike<number>;
  /** What would have been said without the forecast, such as the share of its segment before. */
  readonly base: ArrayLike<number>;
  /** 1 if it came. */
  readonly outcome: ArrayLike<number>;
  /** Whose row it is: rows of one account go together. */
  readonly cluster: ArrayLike<Label>;
}

export interface BrierGain {
  /** Mean squared distance of forecast and outcome. */
  readonly brier: number;
  readonly baseBrier: number;
  /** By how much the forecast is nearer: `baseBrier` - `brier`, with its error by clusters. */
  readonly gain: Gain;
}

export interface Gain {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * Brier score of a forecast beside that of a base rate on the same rows (Diebold & Mariano 1995, squared loss), for
 * outcomes that are all known. The error of the difference is by clusters (Liang & Zeger 1986).
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` below 2 clusters
 */
export function brierGain({ predicted, base, outcome, cluster }: ForecastColumns): BrierGain {
  const rows = lengthOf('predicted', predicted);
  checkProbabilities('predicted', predicted, rows);
  checkProbabilities('base', base, rows);
  const came = indicatorColumn('outcome', outcome, rows);
  const { codes, labels } = labelCodes('cluster', cluster, rows);
  if (labels.length < 2) {
    throw new StatisticsError('not-enough-data', `The rows are of ${labels.length} clusters: give at least 2.`);
  }
  const loss = (forecast: ArrayLike<number>) => Float64Array.from(came, (one, i) => (forecast[i]! - one) ** 2);
  const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / rows;
  const [own, of] = [loss(predicted), loss(base)];
  const nearer = of.map((one, i) => one - own[i]!);
  const estimate = mean(nearer);
  const sums = new Float64Array(labels.length);
  nearer.forEach((one, i) => (sums[codes[i]!]! += one - estimate));
  const squares = sums.reduce((sum, one) => sum + one * one, 0);
  const standardError = Math.sqrt((squares * labels.length) / (labels.length - 1)) / rows;
  return { brier: mean(own), baseBrier: mean(of), gain: { estimate, standardError } };
}

/** One-sided: a forecast without worth passes in one of twenty tries. */
const SURE = normalQuantile(0.95);

/** Better than the base rate by more than chance would have it. */
export const beatsBase = ({ estimate, standardError }: Gain): boolean => estimate > SURE * standardError;
