export type { LandmarkQuestion } from './landmark-groups.js';
export { landmarkLogHazardRatio } from './landmark-hazard-ratio.js';
export { landmarkRiskDifference, type LandmarkRiskDifference } from './landmark-risk-difference.js';
export { firstValueShares, orderRiskDifference, setupShare } from './opening-truth.js';
export { playbookRiskDifference } from './playbook-lift.js';
export { payingShare, touchContributions } from './touch-contribution.js';
