import type { Plan } from '@milepost/plan';
import { windowsOf } from './windows.js';

/** Counts of accounts, by milestone in the order of the plan. */
export interface MilestoneShares {
  /** Observed for the whole window. */
  mature: number[];
  /** Of these: reached in the window. */
  reached: number[];
  /** Of all: reached at any time. */
  ever: number[];
}

/** As `milestone-kinds.sql` takes them. `within`: days for every milestone, instead of the window that the plan expects. */
export const windowParameters = (plan: Plan, within?: number): Readonly<Record<string, unknown>> => ({
  windows: windowsOf(plan, within),
  kinds: 5 * plan.milestones.length,
});
