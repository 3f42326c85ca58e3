export * from './model.js';
export * from './load.js';
export type { PlanFile, Problem } from './problem.js';
export * from './validate.js';
export * from './diff.js';
