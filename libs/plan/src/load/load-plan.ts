import { compilePlan } from '../compile/compile-plan.js';
import type { Plan } from '../model.js';
import { PlanSource } from './plan-source.js';
import type { PlanFileText } from './plan-source.js';
import type { Problem } from './problem.js';

/**
 * Reads a tracking plan from the texts of its files, in any order. Either the compiled plan, or everything that is
 * wrong with it, in the order of reading: faults of form first, and once there are none, faults of meaning.
 */
export function loadPlan(files: readonly PlanFileText[]): { plan: Plan } | { problems: Problem[] } {
  const source = new PlanSource(files);
  if (source.problems.length > 0) return { problems: source.sorted() };
  const plan = compilePlan(source.written, (path, message, fault) => source.report(path, message, fault));
  return source.problems.length > 0 ? { problems: source.sorted() } : { plan };
}
