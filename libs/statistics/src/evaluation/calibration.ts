import { StatisticsError } from '../statistics-error.js';
import { indicatorColumn, lengthOf, weightColumn } from '../survival/checked-column.js';
import { labelCodes, type Label } from '../survival/label-codes.js';
import { intervalWidth } from '../survival/probability-interval.js';
import { checkProbabilities } from './brier-score.js';
import { logisticCalibration, type CalibrationWeights } from './logistic-calibration.js';
import { riskBins } from './risk-bins.js';

export interface CalibrationColumns {
  /** Forecast probability of the event, strictly between 0 and 1. */
  readonly predicted: ArrayLike<number>;
  /** 1 if it came. */
  readonly outcome: ArrayLike<number>;
  /** How much each matters, such as `censoringWeights`. Errors allow for it, by the sandwich. */
  readonly weights?: ArrayLike<number>;
  /** How many equal rows each stands for: answer and errors are those of the rows written out. */
  readonly counts?: ArrayLike<number>;
  /** Whose row it is, where one account has several: errors of intercept and slope are then by account. */
  readonly cluster?: ArrayLike<Label>;
}

export interface CalibrationEstimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

export interface CalibrationBin {
  /** Sum of `counts`. */
  readonly rows: number;
  /** Mean forecast. */
  readonly predicted: number;
  /** Share with the event, with its interval. */
  readonly observed: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Calibration {
  /** In the large: 0 if as many events came as were forecast; below 0 the forecasts are too high. On the logit scale. */
  readonly intercept: CalibrationEstimate;
  /** 1 if forecasts are as far apart as they should be, below 1 too far (overfitted). Null if all are the same. */
  readonly slope: CalibrationEstimate | null;
  /** Events that came over those forecast. */
  readonly observedOverExpected: number;
  /** Rows in bins of about equal size by forecast, ascending; equal forecasts share a bin. */
  readonly curve: readonly CalibrationBin[];
}

/**
 * Calibration of probabilities (Cox 1958; Van Calster et al. 2016): the intercept of logit P(event) = a + logit(forecast),
 * the slope b of logit P(event) = a + b logit(forecast), and shares by bins with Wilson's (1927) interval. Errors are
 * the model's without weights or clusters, and the sandwich's with them.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` if the event came to nobody or to all; `separation`
 */
export function calibration(
  { predicted, outcome, weights, counts, cluster }: CalibrationColumns,
  options: { readonly bins?: number; readonly confidence?: number } = {},
): Calibration {
  const { bins = 10, confidence = 0.95 } = options;
  const z = intervalWidth(confidence);
  const rows = lengthOf('predicted', predicted);
  checkProbabilities('predicted', predicted, rows);
  const events = indicatorColumn('outcome', outcome, rows);
  const count = counts ? weightColumn(counts, rows, 'counts') : new Float64Array(rows).fill(1);
  const weight = weights ? weightColumn(weights, rows).map((one, i) => one * count[i]!) : count;
  const whose = cluster ? labelCodes('cluster', cluster, rows).codes : null;
  let [seen, forecast, total] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (predicted[i] === 0 || predicted[i] === 1) {
      throw new StatisticsError('invalid-input', `predicted[${i}] is ${predicted[i]}: a forecast that is certain has no logit; keep forecasts within, say, 0.0001 and 0.9999.`); // prettier-ignore
    }
    seen += weight[i]! * events[i]!;
    forecast += weight[i]! * predicted[i]!;
    total += weight[i]!;
  }
  if (seen === 0 || seen === total) {
    throw new StatisticsError('not-enough-data', `The event came to ${seen === 0 ? 'nobody' : 'all'}: calibration needs both.`); // prettier-ignore
  }
  const logit = Float64Array.from({ length: rows }, (_, i) => Math.log(predicted[i]! / (1 - predicted[i]!)));
  return {
    ...logisticCalibration(logit, events, { weight, count, isWeighted: weights !== undefined, whose }, z),
    observedOverExpected: seen / forecast,
    curve: riskBins(predicted, weight, bins).map((members) =>
      observedShare(members, predicted, events, { weight, count }, z),
    ),
  };
}

function observedShare(
  members: readonly number[],
  predicted: ArrayLike<number>,
  events: Uint8Array,
  { weight, count }: Pick<CalibrationWeights, 'weight' | 'count'>,
  z: number,
): CalibrationBin {
  let [rows, sum, squares, seen, forecast] = [0, 0, 0, 0, 0];
  for (const i of members) {
    sum += weight[i]!;
    rows += count[i]!;
    squares += weight[i]! ** 2 / count[i]!;
    seen += weight[i]! * events[i]!;
    forecast += weight[i]! * predicted[i]!;
  }
  // Kish's effective number: unequal weights know less.
  const n = (sum * sum) / squares;
  const observed = seen / sum;
  const centre = (observed + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((observed * (1 - observed)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return {
    rows,
    predicted: forecast / sum,
    observed,
    lower: Math.max(0, centre - half),
    upper: Math.min(1, centre + half),
  };
}
