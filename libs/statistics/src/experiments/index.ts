export { alwaysValidBoundedMean, type AlwaysValidMean, type BoundedMeanOptions } from './always-valid-bounded-mean.js';
export type { AlwaysValidDifference } from './always-valid-difference.js';
export { alwaysValidMeans, type AlwaysValidMeansOptions } from './always-valid-means.js';
export { alwaysValidProportions, type AlwaysValidProportionsOptions } from './always-valid-proportions.js';
export type { ArmComparison, ArmEstimate } from './arm-comparison.js';
export type { ArmCounts } from './arm-counts.js';
export { armMoments, type ArmMoments } from './arm-moments.js';
export { clusteredProportion, type ClusterCounts, type ClusteredProportion } from './clustered-proportion.js';
export { countMoments } from './count-moments.js';
export { covariateMoments, type CovariateColumns } from './covariate-moments.js';
export { cupedComparison, type CovariateMoments, type CupedComparison } from './cuped-comparison.js';
export { meanComparison, type ComparisonOptions } from './mean-comparison.js';
export { proportionComparison, type ProportionInterval, type ProportionOptions } from './proportion-comparison.js'; // prettier-ignore
export { proportionInterval, type Proportion } from './proportion-interval.js';
export {
  ratioComparison,
  ratioEstimate,
  ratioMoments,
  type RatioColumns,
  type RatioMoments,
} from './ratio-comparison.js';
export { regressionAdjustment, type AdjustmentColumns, type AdjustmentForm, type RegressionAdjustment } from './regression-adjustment.js'; // prettier-ignore
export { falseDiscovery, type Discoveries, type DiscoveryMethod, type DiscoveryOptions } from './false-discovery.js';
export { sampleRatio, sampleRatioWatch, type SampleRatio, type SampleRatioOptions, type SampleRatioWatch } from './sample-ratio.js'; // prettier-ignore
