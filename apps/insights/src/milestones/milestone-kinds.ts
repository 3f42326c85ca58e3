import type { Plan } from '@milepost/plan';
import { windowsOf } from './windows.js';

/** Numbers of accounts. */
export interface MilestoneCounts {
  /** Observed for the whole window. */
  mature: number;
  /** Of these: reached in the window. */
  reached: number;
  /** Of all: reached at any time. */
  ever: number;
}

const KINDS = 5;

/** As `milestone-kinds.sql` takes them. `within`: days for every milestone, instead of the window that the plan expects. */
export const kindParameters = (plan: Plan, within?: number): Readonly<Record<string, unknown>> => ({
  windows: windowsOf(plan, within),
  kinds: KINDS * plan.milestones.length,
});

/** Of the milestone at `index` in the plan, from what `milestone-kinds.sql` counted. */
export function countsOf(kinds: readonly number[], index: number): MilestoneCounts {
  const [, youngWith, without, late, inTime] = kinds.slice(KINDS * index, KINDS * (index + 1)) as [number, number, number, number, number]; // prettier-ignore
  return { mature: without + late + inTime, reached: inTime, ever: youngWith + late + inTime };
}
