import { DAY } from '@milepost/contracts';
import type { MilestoneDefinition, Plan, Window } from '@milepost/plan';
import { checkKnown } from '../insights/scoped-accounts.js';

/** Days by segment and milestone, in the order of the plan. */
export const windowsOf = ({ milestones, segments }: Plan, within?: number): number[][] =>
  segments.map(({ name }) => milestones.map(({ expectedWithin }) => within ?? daysOf(expectedWithin, name)));

const daysOf = (window: Window, segment: string): number => (window.bySegment[segment] ?? window.default) / DAY;

export const daysBySegment = ({ default: usual, bySegment }: Window): Record<string, number> => ({
  default: usual / DAY,
  ...Object.fromEntries(Object.entries(bySegment).map(([segment, window]) => [segment, window / DAY])),
});

/** The milestone and its place in the snapshot, from 1. @throws ProblemException `unknown-value` */
export function milestoneOf(plan: Plan, name: string): { milestone: MilestoneDefinition; place: number } {
  checkKnown('milestone', name, plan.milestones.map((one) => one.name)); // prettier-ignore
  const index = plan.milestones.findIndex((one) => one.name === name);
  return { milestone: plan.milestones[index]!, place: index + 1 };
}
