import { coxData, type CoxColumns } from './cox-data.js';
import type { CoxFit } from './cox-regression.js';
import type { Label } from './label-codes.js';
import { hazardIncrements } from './hazard-increments.js';
import { linearPredictors } from './partial-likelihood.js';
import { standardisedEstimates } from './standardised-columns.js';

/** Of one stratum, for the row at `means` with offset 0. Step functions, 0 before the first time; equal lengths. */
export interface CoxBaseline {
  readonly stratum: Label;
  /** Event times, ascending. */
  readonly time: Float64Array;
  readonly cumulativeHazard: Float64Array;
  /** Of `cumulativeHazard` if β were known; `coxSurvival` adds what β's error does. */
  readonly variance: Float64Array;
  /** Σ (x̄ - means) dΛ, row by row, in the order of the fit's names: the derivative by β, with the sign turned. */
  readonly gradient: Float64Array;
  /** The last time at which anyone was followed. */
  readonly until: number;
}

/**
 * Baseline cumulative hazards of a fit by stratum: Breslow's Σ d/Σr, or with Efron's ties the matching sum over factors
 * (Therneau & Grambsch 2000, §10.2).
 *
 * @param columns those of the fit
 * @throws StatisticsError as `coxData`
 */
export function coxBaseline(columns: CoxColumns, fit: CoxFit): CoxBaseline[] {
  const data = coxData(columns);
  const relativeRisk = linearPredictors(data, standardisedEstimates(fit, data)).map(Math.exp);
  const size = data.names.length;
  const toNoOffset = Math.exp(-data.offsetMean);
  return hazardIncrements(data, relativeRisk, fit.ties).map(({ time, hazard, variance, meanHazard }, k) => ({
    stratum: data.strata[k]!.label,
    time,
    cumulativeHazard: hazard.map((one) => one * toNoOffset),
    variance: variance.map((one) => one * toNoOffset ** 2),
    gradient: meanHazard.map((one, i) => one * toNoOffset * data.scale[i % size]!),
    until: data.time[data.strata[k]!.to - 1] ?? 0,
  }));
}
