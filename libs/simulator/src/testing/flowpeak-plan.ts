import { loadPlan } from '@milepost/plan';
import type { Plan, PlanFileText } from '@milepost/plan';

/** The sample company's plan out of the texts of `plan/*.yaml`, which a test reads. */
export function flowpeakPlan(files: readonly PlanFileText[]): Plan {
  const loaded = loadPlan(files.filter(({ path }) => path.endsWith('.yaml')));
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.plan;
}
