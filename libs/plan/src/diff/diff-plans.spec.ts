import { describe, expect, it } from '@jest/globals';
import { planOf, smallPlanWith } from '../testing/small-plan.js';
import { diffPlans } from './diff-plans.js';

const before = planOf(smallPlanWith());
const DONE = 'events/task.done';
const ROUTINE = `  routine:
    description: Many tasks are done.
    reached:
      all:
        - distinct: { events: core-actions, of: taskId, atLeast: 3 }
        - activeDays: { events: [task.done], atLeast: 3, withinDays: 7 }
    expectedWithin: 30 d
`;

/** [what is replaced, by what, the changes as `! kind path` (breaking) or `  kind path`, whom the first concerns] */
type Case = [string, string, string[], string];

describe('What changes for whom', () => {
  it.each<Case>([
    ['type: integer', 'type: number', [`  widened ${DONE}/properties/minutes`], 'publishers, analysts'],
    [
      'type: integer, minimum: 0, maximum: 600',
      'type: string',
      [`! redefined ${DONE}/properties/minutes`, `  widened ${DONE}/properties/minutes`],
      'publishers, analysts',
    ],
    ['type: string, required: true', 'type: string', [`  widened ${DONE}/properties/taskId`], 'publishers, analysts'],
    [
      'type: string, allowed',
      'type: string, required: true, allowed',
      [`! narrowed ${DONE}/properties/size`],
      'publishers, analysts',
    ],
    ['maximum: 600', 'maximum: 60', [`! narrowed ${DONE}/properties/minutes`], 'publishers'],
    ['minimum: 0, ', '', [`  widened ${DONE}/properties/minutes`], 'publishers'],
    ['[small, large]', '[small, huge]', [`! narrowed ${DONE}/properties/size`], 'publishers, analysts'],
    ['[small, large]', '[small, large, huge]', [`  widened ${DONE}/properties/size`], 'publishers, analysts'],
    [
      '      size:',
      '      bulk:',
      [`! removed ${DONE}/properties/size`, `  added ${DONE}/properties/bulk`],
      'publishers, analysts',
    ],
    [
      'requiredContext: [planTier, companySize]',
      'requiredContext: [planTier, region]',
      ['! narrowed events/account.created/requiredContext', '  widened events/account.created/requiredContext'],
      'publishers',
    ],
    ['owner: tasks', 'owner: flows', [`  reworded ${DONE}/owner`], 'publishers'],
    [
      'deduplicationWindow: 30 d',
      'deduplicationWindow: 30 d\nhistoryRest: 5 min',
      ['  tuned historyRest'],
      'customer success',
    ],
    ['deduplicationWindow: 30 d', 'deduplicationWindow: 7 d', ['! narrowed deduplicationWindow'], 'publishers'],
    ['name: Small', 'name: Small\nunplannedProperties: reject', ['! narrowed unplannedProperties'], 'publishers'],
    [
      'below: 100, unknownSize: true }\n  large: { from: 100 }',
      'below: 50, unknownSize: true }\n  large: { from: 50 }',
      ['! redefined segments/small', '! redefined segments/large'],
      'customer success, analysts',
    ],
    [
      'count: { event: task.done, outcome: succeeded }',
      'count: { event: task.done }',
      ['! redefined milestones/first-task/reached'],
      'customer success, analysts',
    ],
    [
      'expectedWithin: 30 d',
      'expectedWithin: 20 d',
      ['  tuned milestones/routine/expectedWithin'],
      'customer success, analysts',
    ],
    [ROUTINE, '', ['! removed milestones/routine'], 'customer success, analysts'],
    ['cooldown: 3 d', 'cooldown: 4 d', ['  tuned signals/at-risk/cooldown'], 'customer success, analysts'],
    ['endsBelow: 20', 'endsBelow: 10', ['  tuned signals/at-risk/reasons/busy/when'], 'customer success, analysts'],
    [
      'code: busy',
      'code: hectic',
      ['! removed signals/at-risk/reasons/busy', '  added signals/at-risk/reasons/hectic'],
      'customer success, analysts',
    ],
    ['Many tasks.', 'Lots of tasks.', ['  reworded signals/at-risk/reasons/busy/text'], 'customer success'],
  ])('%j becomes %j', (replaced, by, changes, concerns) => {
    const found = diffPlans(before, planOf(smallPlanWith(replaced, by)));
    expect(found.map(({ kind, path, breaking }) => `${breaking ? '!' : ' '} ${kind} ${path}`)).toEqual(changes);
    expect(found[0]!.concerns.join(', ')).toBe(concerns);
  });

  it('is nothing between equal plans, and is said in plain words', () => {
    expect(diffPlans(before, planOf(smallPlanWith('cooldown: 3 d', 'cooldown: 72 h')))).toEqual([]);
    const after = planOf(smallPlanWith('large: 14 d }', 'large: 21 d }'));
    expect(diffPlans(before, after)[0]!.message).toBe(
      'first-task was expected within 7 days (large 14 days), now within 7 days (large 21 days).',
    );
  });
});
