import { loadPlan } from '../load/load-plan.js';
import type { PlanFileText } from '../load/plan-source.js';
import type { Problem } from '../load/problem.js';
import type { Plan } from '../model.js';

/** A plan with one of everything, in which the tests of this library make one mistake at a time. */
export const SMALL_PLAN = `name: Small
productLines: [core]
deduplicationWindow: 30 d
lifecycle: { start: account.created, end: account.closed }
segments:
  small: { below: 100, unknownSize: true }
  large: { from: 100 }
events:
  account.created:
    description: Signed up.
    owner: growth
    steward: ana
    requiredContext: [planTier, companySize]
  account.closed:
    description: Left.
    owner: growth
    steward: ana
  task.done:
    description: A task ended.
    owner: tasks
    steward: bo
    coreAction: true
    properties:
      taskId: { type: string, required: true, description: Which. }
      minutes: { type: integer, minimum: 0, maximum: 600, description: How long. }
      size: { type: string, allowed: [small, large], description: How big. }
milestones:
  first-task:
    description: One task is done.
    reached:
      count: { event: task.done, outcome: succeeded }
    expectedWithin: { default: 7 d, large: 14 d }
  routine:
    description: Many tasks are done.
    reached:
      all:
        - distinct: { events: core-actions, of: taskId, atLeast: 3 }
        - activeDays: { events: [task.done], atLeast: 3, withinDays: 7 }
    expectedWithin: 30 d
signals:
  at-risk:
    description: May leave.
    owner: success
    successCriterion: More stay.
    cooldown: 3 d
    reasons:
      - code: stalled:first-task
        severity: high
        when: { stalled: first-task }
        text: Not one task in {window}.
      - code: failing
        severity: medium
        when:
          failureShare: { events: core-actions, atLeast: 5, within: 7 d, over: 0.5, ends: { last: 5, share: 0.25 } }
        text: Most tasks within {window} failed.
      - code: busy
        severity: medium
        when:
          count: { event: task.done, atLeast: 50, within: 14 d, endsBelow: 20 }
        text: Many tasks.
`;

/** The small plan as one file, with a text in it replaced. Fails when there is no such text, or more than one. */
export function smallPlanWith(replaced = '', by = ''): PlanFileText[] {
  const places = replaced === '' ? 1 : SMALL_PLAN.split(replaced).length - 1;
  if (places !== 1) throw new Error(`The small plan holds "${replaced}" ${places} times; want once.`);
  return [{ path: 'plan.yaml', text: SMALL_PLAN.replace(replaced, () => by) }];
}

export function planOf(files: readonly PlanFileText[]): Plan {
  const loaded = loadPlan(files);
  if ('plan' in loaded) return loaded.plan;
  throw new Error(JSON.stringify(loaded.problems, null, 2));
}

export function problemsOf(files: readonly PlanFileText[]): Problem[] {
  const loaded = loadPlan(files);
  return 'problems' in loaded ? loaded.problems : [];
}
