export {
  augmentedEffect,
  type AugmentedColumns,
  type AugmentedEffect,
  type AugmentedOptions,
} from './augmented-effect.js';
export { balancingWeights, type Estimand, type WeightScheme } from './balancing-weights.js';
export { covariateBalance, type CovariateBalance } from './covariate-balance.js';
export { eValue, type EffectScale, type EValue } from './e-value.js';
export { effectiveSampleSize } from './effective-sample-size.js';
export { propensityEffect, type PropensityEffect, type PropensityOptions } from './propensity-effect.js';
export { propensityOverlap, type PropensityOverlap } from './propensity-overlap.js';
export { propensityScores, type PropensityScores } from './propensity-scores.js';
export { stratifiedFolds } from './stratified-folds.js';
export type { EffectInterval, TreatmentEffect } from './treatment-effect.js';
export type { OutcomeColumns, TreatedColumns } from './treated-rows.js';
