import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from './checked-column.js';
import type { CoxBaseline } from './cox-baseline.js';
import type { CoxFit } from './cox-regression.js';
import { checkTransform, intervalWidth, probabilityInterval, type IntervalOptions } from './probability-interval.js';
import { lastAtOrBefore } from './survival-at.js';

export interface PredictedSurvival {
  readonly time: number;
  readonly cumulativeHazard: number;
  readonly survival: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Predicted survival exp(-Λ0(t) e^((x - means)'β)) at times, with the error of both Λ0 and β (Tsiatis 1981; Therneau &
 * Grambsch 2000, §10.2): r² Var Λ0 + q' V q, q = r (Λ0 (x - means) - Σ (x̄ - means) dΛ0).
 *
 * @param baseline of the row's stratum
 * @param covariates by the fit's names
 * @returns null at times past those followed in the stratum
 * @throws StatisticsError `invalid-input` for a covariate that is missing or not finite
 */
export function coxSurvival(
  fit: CoxFit,
  baseline: CoxBaseline,
  covariates: Readonly<Record<string, number>>,
  times: ArrayLike<number>,
  options: IntervalOptions = {},
): (PredictedSurvival | null)[] {
  const transform = checkTransform(options.transform ?? 'log-log');
  const z = intervalWidth(options.confidence ?? 0.95);
  const distance = distanceFromMeans(fit, covariates);
  const risk = Math.exp(distance.reduce((sum, one, a) => sum + one * fit.coefficients[a]!.estimate, 0));
  if (!(risk < Infinity)) {
    throw new StatisticsError('invalid-input', 'The covariates lie so far from the fit’s means that the hazard ratio is infinite: check their units.'); // prettier-ignore
  }
  const size = fit.names.length;
  lengthOf('times', times);
  return Array.from(times, (time) => {
    if (!(time >= 0)) throw new StatisticsError('invalid-input', `A time is ${time}: give numbers of 0 or more.`);
    if (time > baseline.until) return null;
    const k = lastAtOrBefore(baseline.time, time);
    if (k < 0) return { time, cumulativeHazard: 0, survival: 1, standardError: 0, lower: 1, upper: 1 };
    const hazard = baseline.cumulativeHazard[k]!;
    const q = distance.map((one, a) => risk * (hazard * one - baseline.gradient[k * size + a]!));
    let variance = risk * risk * baseline.variance[k]!;
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) variance += q[a]! * fit.covariance[a]![b]! * q[b]!;
    const survival = Math.exp(-risk * hazard);
    const standardError = survival > 0 ? survival * Math.sqrt(variance) : 0;
    const [lower, upper] = survival > 0 ? probabilityInterval(survival, standardError, z, transform) : [0, 0];
    return { time, cumulativeHazard: risk * hazard, survival, standardError, lower, upper };
  });
}

/**
 * x'β of each row, with 0 at the fit's means: the score by which the fit ranks rows, a log hazard ratio.
 *
 * @throws StatisticsError `invalid-input` for a covariate that is missing or not finite
 */
export function coxScores(fit: CoxFit, covariates: Readonly<Record<string, ArrayLike<number>>>): Float64Array {
  const rows = lengthOf(fit.names[0]!, covariates[fit.names[0]!]!);
  const scores = new Float64Array(rows);
  fit.coefficients.forEach(({ name, estimate }, a) => {
    const column = finiteColumn(name, covariates[name]!, rows);
    for (let i = 0; i < rows; i++) scores[i]! += estimate * (column[i]! - fit.means[a]!);
  });
  return scores;
}

function distanceFromMeans(fit: CoxFit, covariates: Readonly<Record<string, number>>): number[] {
  return fit.names.map((name, a) => {
    const value = covariates[name];
    if (Number.isFinite(value)) return value! - fit.means[a]!;
    throw new StatisticsError('invalid-input', `The covariate ${name} is ${value}: give a finite number.`);
  });
}
