import { kaplanMeier } from '../survival/kaplan-meier.js';
import { survivalAt } from '../survival/survival-at.js';
import { checkRows, type SurvivalColumns } from '../survival/survival-columns.js';
import { calibration, type Calibration, type CalibrationBin } from './calibration.js';
import { censoringWeights } from './censoring-weights.js';
import { riskBins } from './risk-bins.js';

/** Null bounds where a bin's follow-up ends before the horizon. */
export interface SurvivalCalibration extends Omit<Calibration, 'curve'> {
  readonly horizon: number;
  readonly curve: readonly (
    CalibrationBin | (Pick<CalibrationBin, 'rows' | 'predicted'> & { readonly observed: null })
  )[];
}

/**
 * Calibration of the forecast probability that the event comes by a horizon, with censoring: intercept and slope by
 * logistic recalibration with censoring weights, the curve by Kaplan–Meier in bins of the forecast
 * (Harrell, Lee & Mark 1996), with log-log intervals.
 *
 * @param predicted each row's forecast of the event by `horizon`: 1 - predicted survival
 * @throws StatisticsError as `calibration` and `censoringWeights`
 */
export function survivalCalibration(
  columns: SurvivalColumns,
  predicted: ArrayLike<number>,
  horizon: number,
  options: { readonly bins?: number; readonly confidence?: number } = {},
): SurvivalCalibration {
  const rows = checkRows(columns);
  const own = rows.weights ?? new Float64Array(rows.rows).fill(1);
  const weights = censoringWeights(columns, horizon);
  const outcome = rows.event.map((one, i) => (one === 1 && rows.time[i]! <= horizon ? 1 : 0));
  const overall = calibration({ predicted, outcome, weights, counts: own }, options);
  const curve = riskBins(predicted, own, options.bins ?? 10).map((members) => {
    const pick = (column: ArrayLike<number>): number[] => members.map((i) => column[i]!);
    const weight = members.reduce((sum, i) => sum + own[i]!, 0);
    const forecast = members.reduce((sum, i) => sum + own[i]! * predicted[i]!, 0) / weight;
    const seen = survivalAt(
      kaplanMeier({ time: pick(rows.time), event: pick(rows.event), weights: pick(own) }, options),
      horizon,
    );
    if (seen === null) return { rows: weight, predicted: forecast, observed: null };
    return {
      rows: weight,
      predicted: forecast,
      observed: 1 - seen.survival,
      lower: 1 - seen.upper,
      upper: 1 - seen.lower,
    };
  });
  return { ...overall, horizon, curve };
}
