export type { CoefficientPenalty, NormalPrior } from './coefficient-prior.js';
export { independentColumns } from './independent-columns.js';
export { logisticPredictions, logisticProbabilities, type PredictedProbability } from './logistic-prediction.js';
export { logisticRegression, type LogisticFit, type LogisticOptions } from './logistic-regression.js';
export type { LogisticColumns } from './logistic-rows.js';
export {
  linearRegression,
  type LinearCoefficient,
  type LinearColumns,
  type LinearErrors,
  type LinearFit,
} from './linear-regression.js';
