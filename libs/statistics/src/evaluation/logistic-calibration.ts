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
}

/** Intercept (slope held at 1) and slope of logistic recalibration. */
export function logisticCalibration(
  logit: Float64Array,
  events: Uint8Array,
  { weight, count, isWeighted }: CalibrationWeights,
  z: number,
): Pick<Calibration, 'intercept' | 'slope'> {
  const rows = logit.length;
  const data: BinomialData = {
    names: [],
    link: 'logit',
    events: weight.map((one, i) => one * events[i]!),
    trials: weight,
    offset: logit,
    group: new Uint32Array(rows),
    groups: 1,
    x: new Float64Array(0),
  };
  const shift = binomialFit(data);
  const intercept = shift.intercepts[0]!;
  const information = shift.groupWeight[0]!;
  // The squares of the rows written out, each with its part of the weight.
  const squares = (eta: number, i: number): number =>
    count[i] === 0 ? 0 : (weight[i]! * (events[i]! - 1 / (1 + Math.exp(-eta)))) ** 2 / count[i]!;
  const middle = logit.reduce((sum, one, i) => sum + squares(intercept + one, i), 0);
  const interceptVariance = isWeighted ? middle / information ** 2 : 1 / information;
  return {
    intercept: withInterval(intercept, Math.sqrt(interceptVariance), z),
    slope: slopeOf(data, logit, squares, isWeighted, z),
  };
}

function slopeOf(
  data: BinomialData,
  logit: Float64Array,
  squares: (eta: number, i: number) => number,
  isWeighted: boolean,
  z: number,
): CalibrationEstimate | null {
  const counted = logit.filter((_, i) => data.trials[i]! > 0);
  if (counted.every((one) => one === counted[0])) return null;
  const rows = Uint32Array.from(logit.keys());
  const { x, scale } = standardisedColumns({ forecast: logit }, logit.length, rows, data.trials);
  const fit = binomialFit({ ...data, names: ['forecast'], x, offset: new Float64Array(logit.length) });
  const beta = fit.beta[0]!;
  let variance = fit.covariance.get(0, 0);
  if (isWeighted) {
    // The intercept is fitted too, so what counts is the distance from the mean by information.
    const centre = fit.groupMean[0]!;
    const middle = x.reduce((sum, one, i) => {
      return sum + squares(fit.intercepts[0]! + beta * one, i) * (one - centre) ** 2;
    }, 0);
    variance = middle * variance ** 2;
  }
  return withInterval(beta / scale[0]!, Math.sqrt(variance) / scale[0]!, z);
}

function withInterval(estimate: number, standardError: number, z: number): CalibrationEstimate {
  return { estimate, standardError, lower: estimate - z * standardError, upper: estimate + z * standardError };
}
