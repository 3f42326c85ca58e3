import { binomialFit } from '../survival/binomial-fit.js';
import type { BinomialData } from '../survival/binomial-likelihood.js';
import { standardisedColumns } from '../survival/standardised-columns.js';
import type { Calibration, CalibrationEstimate } from './calibration.js';

export interface CalibrationWeights {
  /** Of each row, as often as it is there. */
  readonly weight: Float64Array;
  readonly count: Float64Array;
  /** By more than counts, so that errors are the sandwich's. */
  readonly isWeighted: boolean;
  /** By these codes, where rows of one go together, and errors are the sandwich's too. */
  readonly whose: Uint32Array | null;
}

/** Intercept (slope held at 1) and slope of logistic recalibration. */
export function logisticCalibration(
  logit: Float64Array,
  events: Uint8Array,
  weights: CalibrationWeights,
  z: number,
): Pick<Calibration, 'intercept' | 'slope'> {
  const rows = logit.length;
  const data: BinomialData = {
    names: [],
    link: 'logit',
    events: weights.weight.map((one, i) => one * events[i]!),
    trials: weights.weight,
    offset: logit,
    group: new Uint32Array(rows),
    groups: 1,
    x: new Float64Array(0),
  };
  const shift = binomialFit(data);
  const intercept = shift.intercepts[0]!;
  const information = shift.groupWeight[0]!;
  const residual = (eta: number, i: number): number => weights.weight[i]! * (events[i]! - 1 / (1 + Math.exp(-eta)));
  const middle = middleOf(weights, (i) => residual(intercept + logit[i]!, i));
  const interceptVariance = middle === null ? 1 / information : middle / information ** 2;
  return {
    intercept: withInterval(intercept, Math.sqrt(interceptVariance), z),
    slope: slopeOf(data, logit, residual, weights, z),
  };
}

function slopeOf(
  data: BinomialData,
  logit: Float64Array,
  residual: (eta: number, i: number) => number,
  weights: CalibrationWeights,
  z: number,
): CalibrationEstimate | null {
  const counted = logit.filter((_, i) => data.trials[i]! > 0);
  if (counted.every((one) => one === counted[0])) return null;
  const rows = Uint32Array.from(logit.keys());
  const { x, scale } = standardisedColumns({ forecast: logit }, logit.length, rows, data.trials);
  const fit = binomialFit({ ...data, names: ['forecast'], x, offset: new Float64Array(logit.length) });
  const beta = fit.beta[0]!;
  const variance = fit.covariance.get(0, 0);
  // The intercept is fitted too, so what counts is the distance from the mean by information.
  const centre = fit.groupMean[0]!;
  const middle = middleOf(weights, (i) => residual(fit.intercepts[0]! + beta * x[i]!, i) * (x[i]! - centre));
  const error = Math.sqrt(middle === null ? variance : middle * variance ** 2);
  return withInterval(beta / scale[0]!, error / scale[0]!, z);
}

function withInterval(estimate: number, standardError: number, z: number): CalibrationEstimate {
  return { estimate, standardError, lower: estimate - z * standardError, upper: estimate + z * standardError };
}

/**
 * The middle of the sandwich: squares of the scores by cluster, or of the rows written out, each with its part of the
 * weight. Null where the model's own errors do.
 */
function middleOf({ count, isWeighted, whose }: CalibrationWeights, score: (i: number) => number): number | null {
  if (whose !== null) {
    const sums = new Float64Array(whose.length);
    whose.forEach((code, i) => (sums[code]! += score(i)));
    return sums.reduce((sum, one) => sum + one * one, 0);
  }
  if (!isWeighted) return null;
  return count.reduce((sum, one, i) => (one === 0 ? sum : sum + score(i) ** 2 / one), 0);
}
