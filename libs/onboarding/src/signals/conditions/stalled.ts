import type { Plan } from '@milepost/plan';
import { windowFor } from './condition.js';
import type { Condition } from './condition.js';

/** The milestone's expected window has passed since the account's start, and it is not reached. */
export function stalled(milestone: string, plan: Plan): Condition {
  const { expectedWithin } = plan.milestones.find(({ name }) => name === milestone)!;
  const deadline: Condition['opensAt'] = (view) =>
    view.start === null ? null : view.start.at + windowFor(expectedWithin, view.segment);
  const reached: (view: Parameters<Condition['opens']>[0]) => boolean = (view) =>
    (view.reachedAt(milestone) ?? Infinity) <= view.now;
  return {
    opens: (view) => !reached(view) && view.now >= (deadline(view) ?? Infinity),
    ends: (view) => (reached(view) ? 'reached' : null),
    opensAt: (view) => (reached(view) ? null : deadline(view)),
    endsAt: () => null,
    evidence: (view) => (view.start === null ? [] : [view.start]),
    window: (view) => windowFor(expectedWithin, view.segment),
  };
}
