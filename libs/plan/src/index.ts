export * from './model.js';
export { planFile, planJsonSchema } from './schema/plan-file.schema.js';
export { loadPlan } from './load/load-plan.js';
export type { PlanFileText } from './load/plan-source.js';
export { formatProblem } from './load/problem.js';
export type { PlanPath, Problem } from './load/problem.js';
export { canonicalJson, planVersion } from './compile/plan-version.js';
export { formatDuration, parseDuration } from './text/duration.js';
export { reasonText } from './text/reason-text.js';
