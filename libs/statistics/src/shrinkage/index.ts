export { betaBinomialShrinkage, type BetaBinomialShrinkage, type ShrinkageOptions } from './beta-binomial-shrinkage.js';
export { hyperpriorShrinkage, type HyperpriorShrinkage } from './hyperprior-shrinkage.js';
export { normalShrinkage, type NormalEstimates, type NormalSegment, type NormalShrinkage } from './normal-shrinkage.js';
export type { SegmentCounts, SegmentEstimate } from './segment-counts.js';
