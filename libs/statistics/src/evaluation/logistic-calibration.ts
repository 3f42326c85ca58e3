import { binomialFit } from '../survival/binomial-fit.js';
import type { BinomialData } from '../survival/binomial-likelihood.js';
import { standardisedColumns } from '../survival/standardised-columns.js';
import type { Calibration, CalibrationEstimate } from './calibration.js';

/** Intercept (slope held at 1) and slope of logistic recalibration. `whose`: for the sandwich's errors, by these codes. */
export function logisticCalibration(
  logit: Float64Array,
  events: Uint8Array,
  weight: Float64Array,
  whose: Uint32Array | null,
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
  const residual = (eta: number, i: number): number => weight[i]! * (events[i]! - 1 / (1 + Math.exp(-eta)));
  const middle = whose && squaresBy(whose, (i) => residual(intercept + logit[i]!, i));
  const interceptVariance = middle === null ? 1 / information : middle / information ** 2;
  return {
    intercept: withInterval(intercept, Math.sqrt(interceptVariance), z),
    slope: slopeOf(data, logit, residual, whose, z),
  };
}

function slopeOf(
  data: BinomialData,
  logit: Float64Array,
  residual: (eta: number, i: number) => number,
  whose: Uint32Array | null,
  z: number,
): CalibrationEstimate | null {
  const counted = logit.filter((_, i) => data.trials[i]! > 0);
  if (counted.every((one) => one === counted[0])) return null;
  const rows = Uint32Array.from(logit.keys());
  const { x, scale } = standardisedColumns({ forecast: logit }, logit.length, rows, data.trials);
  const fit = binomialFit({ ...data, names: ['forecast'], x, offset: new Float64Array(logit.length) });
  const beta = fit.beta[0]!;
  let variance = fit.covariance.get(0, 0);
  if (whose !== null) {
    // The intercept is fitted too, so what counts is the distance from the mean by information.
    const centre = fit.groupMean[0]!;
    const score = (i: number): number => residual(fit.intercepts[0]! + beta * x[i]!, i) * (x[i]! - centre);
    variance = squaresBy(whose, score) * variance ** 2;
  }
  return withInterval(beta / scale[0]!, Math.sqrt(variance) / scale[0]!, z);
}

function withInterval(estimate: number, standardError: number, z: number): CalibrationEstimate {
  return { estimate, standardError, lower: estimate - z * standardError, upper: estimate + z * standardError };
}

/** Σ (Σ score)², first over the rows of each code. */
function squaresBy(codes: Uint32Array, score: (i: number) => number): number {
  const sums = new Float64Array(codes.length);
  codes.forEach((code, i) => (sums[code]! += score(i)));
  return sums.reduce((sum, one) => sum + one * one, 0);
}
