import { describe, expect, it } from '@jest/globals';
import { problemsOf, smallPlanWith } from '../testing/small-plan.js';

/** [what is replaced, by what, line, column, path, what the message says] */
type Mistake = [string, string, number, number, string, string];

const cases = (title: string, mistakes: Mistake[]): void => {
  describe(title, () => {
    it.each(mistakes)('%j becomes %j', (replaced, by, line, column, path, says) => {
      const problems = problemsOf(smallPlanWith(replaced, by));
      expect(problems).toEqual([
        { file: 'plan.yaml', line, column, path, message: expect.stringContaining(says) as unknown },
      ]);
    });
  });
};

const DONE = 'events/task.done';
const FIRST = 'milestones/first-task';
const ROUTINE = 'milestones/routine';
const REASONS = 'signals/at-risk/reasons';

cases('1. Form', [
    ['    steward: bo\n', '', 18, 3, `${DONE}/steward`, 'steward is missing'],
    ['steward: bo', 'steward: " "', 21, 14, `${DONE}/steward`, 'Is empty'],
    ['owner: tasks', 'owner: [a, b]', 20, 5, `${DONE}/owner`, 'Want text'],
    ['name: Small\n', '', 1, 1, 'name', 'name is missing'],
    ['unknownSize: true', 'unknownsize: true', 6, 24, 'segments/small/unknownsize', 'did you mean "unknownSize"'],
    ['milestones:\n', 'milestone:\n', 27, 1, 'milestone', 'did you mean "milestones"'],
    ['  first-task:\n', '  First Task:\n', 28, 3, 'milestones/First Task', 'such as first-value'],
    ['window: 30 d', 'window: 30 d', 0, 0, '', ''],
  ].filter(([, , line]) => line !== 0) as Mistake[],
);

cases('2. Durations', [
  ['Window: 30 d', 'Window: 30 days', 3, 22, 'deduplicationWindow', 'such as 7 d'],
  ['Window: 30 d', 'Window: 30', 3, 22, 'deduplicationWindow', 'Found 30'],
  ['cooldown: 3 d', 'cooldown: 0 d', 46, 15, 'signals/at-risk/cooldown', 'Found "0 d"'],
  ['expectedWithin: 30 d', 'expectedWithin: 30', 40, 21, `${ROUTINE}/expectedWithin`, 'such as 7 d'],
  ['cooldown: 3 d', 'cooldown: 600 w', 46, 15, 'signals/at-risk/cooldown', 'at most 3660 days'],
  ['large: 14 d }', 'large: soon }', 32, 43, `${FIRST}/expectedWithin/large`, 'Found "soon"'],
]);

cases(
  '3. Names that are not there',
  [
    [
      'count: { event: task.done, outcome',
      'count: { event: task.don, outcome',
      31,
      23,
      `${FIRST}/reached/count/event`,
      'did you mean "task.done"',
    ],
    [
      'events: [task.done]',
      'events: [task.gone]',
      38,
      33,
      `${ROUTINE}/reached/all/1/activeDays/events/0`,
      'No event is called "task.gone"',
    ],
    ['stalled: first-task }', 'stalled: fist-task }', 50, 26, `${REASONS}/0/when/stalled`, 'did you mean "first-task"'],
    [
      'large: 14 d }',
      'larger: 14 d }',
      32,
      44,
      `${FIRST}/expectedWithin/larger`,
      'No segment is called "larger" (did you mean "large"?)',
    ],
    ['end: account.closed', 'end: account.gone', 4, 44, 'lifecycle/end', 'No event'],
    ['of: taskId', 'of: taskID', 37, 48, `${ROUTINE}/reached/all/0/distinct/of`, 'has no property "taskID"'],
    ['coreAction: true\n', 'productLines: [cor]\n', 22, 20, `${DONE}/productLines/0`, 'did you mean "core"'],
  ],
);

cases('4. Numbers that cannot be', [
  ['minimum: 0,', 'minimum: 601,', 25, 42, `${DONE}/properties/minutes/minimum`, 'No value is allowed'],
  [
    'type: string, allowed',
    'type: string, minimum: 1, allowed',
    26,
    38,
    `${DONE}/properties/size/minimum`,
    'A string has no minimum',
  ],
  ['over: 0.5', 'over: 1.5', 56, 73, `${REASONS}/1/when/failureShare/over`, 'at most 1'],
  ['share: 0.25', 'share: 0.75', 56, 102, `${REASONS}/1/when/failureShare/ends/share`, 'above the 0.5'],
  ['endsBelow: 20', 'endsBelow: 51', 61, 69, `${REASONS}/2/when/count/endsBelow`, 'opens at 50'],
  [
    'atLeast: 3, withinDays: 7',
    'atLeast: 8, withinDays: 7',
    38,
    55,
    `${ROUTINE}/reached/all/1/activeDays/atLeast`,
    "7 dates can't hold 8",
  ],
  ['taskId, atLeast: 3', 'taskId, atLeast: 0', 37, 65, `${ROUTINE}/reached/all/0/distinct/atLeast`, 'at least 1'],
]);

cases('5. Segments', [
  ['from: 100', 'from: 101', 7, 18, 'segments/large/from', 'A company of 100 is in no segment'],
  ['from: 100', 'from: 99', 7, 18, 'segments/large/from', 'Overlaps "small": a company of 99'],
  ['from: 100 }', 'from: 100, below: 900 }', 7, 30, 'segments/large/below', 'A company of 900 is in no segment'],
  [', unknownSize: true', '', 5, 1, 'segments', 'unknown size'],
  ['from: 100 }', 'from: 100, unknownSize: true }', 7, 36, 'segments/large/unknownSize', '"small" takes'],
]);

cases('6. Conditions', [
  [
    '      count: { event: task.done, outcome: succeeded }',
    '      all: []',
    31,
    7,
    `${FIRST}/reached/all`,
    'at least 1',
  ],
  [
    '      count: { event: task.done, outcome: succeeded }',
    '      within: 3 d',
    30,
    5,
    `${FIRST}/reached`,
    'Found no condition',
  ],
  [
    'when: { stalled: first-task }',
    'when: { stalled: first-task, reached: routine }',
    50,
    9,
    `${REASONS}/0/when`,
    'stalled and reached',
  ],
  [
    'when: { stalled: first-task }\n        text: Not one task in {window}.',
    'when: { reached: first-task }\n        text: Done.',
    50,
    9,
    `${REASONS}/0/when`,
    'Never ends',
  ],
  [
    'count: { event: task.done, outcome',
    'count: { event: task.done, events: core-actions, outcome',
    31,
    7,
    `${FIRST}/reached/count`,
    'exactly one of event and events',
  ],
  [
    'count: { event: task.done, outcome',
    'count: { event: account.created, outcome',
    31,
    49,
    `${FIRST}/reached/count/outcome`,
    'core actions only',
  ],
  ['outcome: succeeded', 'outcome: success', 31, 43, `${FIRST}/reached/count/outcome`, 'succeeded, failed, abandoned'],
]);

cases('7. Signals', [
  ['code: failing', 'code: stalled:first-task', 52, 15, `${REASONS}/1/code`, 'already'],
  ['in {window}.', 'in {windw}.', 51, 15, `${REASONS}/0/text`, 'did you mean "window"'],
  ['Many tasks.', 'Many, after {milestone}.', 62, 15, `${REASONS}/2/text`, 'has no milestone'],
  ['  at-risk:\n', '  churning:\n', 42, 3, 'signals/churning', 'No topic carries'],
]);
