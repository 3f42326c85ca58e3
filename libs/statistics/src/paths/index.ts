export { homogeneityTest } from './homogeneity-test.js';
export type { LikelihoodRatioTest } from './likelihood-ratio.js';
export { nextSteps, type NextStep, type NextStepOptions } from './next-step.js';
export { orderTest, type OrderTest } from './order-test.js';
export { reachProbability, reachWithin } from './reach-probability.js';
export { END, OTHER, START, transitionCounts, type Path, type TransitionCounts, type TransitionOptions } from './transition-counts.js'; // prettier-ignore
export { transitionMatrix, type MatrixOptions, type TransitionMatrix } from './transition-matrix.js';
