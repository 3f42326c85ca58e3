export { beatsBase, brierGain, type BrierGain, type ForecastColumns, type Gain } from './brier-gain.js';
export { brierScore, type BrierScore } from './brier-score.js';
export {
  calibration,
  type Calibration,
  type CalibrationBin,
  type CalibrationColumns,
  type CalibrationEstimate,
} from './calibration.js';
export { censoringWeights } from './censoring-weights.js';
export { harrellConcordance, type Concordance } from './harrell-concordance.js';
export { integratedBrier, type IntegratedBrier } from './integrated-brier.js';
export type { ScoredColumns } from './scored-rows.js';
export { survivalCalibration, type SurvivalCalibration } from './survival-calibration.js';
export { unoConcordance, type UnoOptions } from './uno-concordance.js';
