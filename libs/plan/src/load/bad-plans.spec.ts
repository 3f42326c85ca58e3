import { describe, expect, it } from '@jest/globals';
import { problemsOf, smallPlanWith } from '../testing/small-plan.js';

/** What is replaced, by what; the line that is reported and what stands there from the reported column on; the report. */
type Mistake = [replaced: string, by: string, line: number, stands: string, report: string];

function cases(title: string, mistakes: Mistake[]): void {
  describe(title, () => {
    it.each(mistakes)('%j becomes %j', (replaced, by, line, stands, report) => {
      const files = smallPlanWith(replaced, by);
      const problems = problemsOf(files);
      expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([expect.stringContaining(report)]);
      const [{ file, line: found, column }] = problems as [(typeof problems)[number]];
      expect({ file, line: found }).toEqual({ file: 'plan.yaml', line });
      const text = files[0]!.text.split('\n')[found - 1]!.slice(column - 1);
      expect(text.slice(0, stands.length)).toBe(stands);
    });
  });
}

const FIRST = 'count: { event: task.done, outcome: succeeded }';

cases('1. Form', [
  ['    steward: bo\n', '', 18, 'task.done:', 'events/task.done/steward: steward is missing'],
  ['steward: bo', 'steward: " "', 21, '" "', 'events/task.done/steward: Is empty'],
  ['owner: tasks', 'owner: [a, b]', 20, 'owner:', 'events/task.done/owner: Want text'],
  ['name: Small\n', '', 1, 'productLines', 'name: name is missing'],
  ['unknownSize: t', 'unknownsize: t', 6, 'unknownsize', '"unknownsize" here (did you mean "unknownSize"?)'],
  ['milestones:\n', 'milestone:\n', 27, 'milestone:', 'milestone: Nothing is called "milestone" here (did you mean'],
  ['  routine:\n', '  Routine:\n', 33, 'Routine:', 'milestones/Routine: Found "Routine"; want'],
  ['type: integer', 'type: int', 25, 'int,', 'minutes/type: Found "int"; want string, integer'],
  ['    expectedWithin: 30 d\n', '', 33, 'routine:', 'milestones/routine/expectedWithin: expectedWithin is missing'],
  ['productLines: [core]', 'productLines: core', 2, 'core', 'productLines: Found "core"; want a list'],
  ['coreAction: true', 'coreAction: yes', 22, 'yes', 'events/task.done/coreAction: Found "yes"; want true or false'],
  ['name: Small', 'name: [Small', 2, 'productLines', 'Flow sequence'],
  ['  task.done:\n', '  account.closed:\n', 18, 'account.closed:', 'This name stands twice'],
]);

cases('2. Durations', [
  ['Window: 30 d', 'Window: 30 days', 3, '30 days', 'deduplicationWindow: Found "30 days"; want a duration'],
  ['Window: 30 d', 'Window: 30', 3, '30', 'deduplicationWindow: Found 30; want a duration'],
  ['cooldown: 3 d', 'cooldown: 0 d', 45, '0 d', 'signals/at-risk/cooldown: Found "0 d"'],
  ['cooldown: 3 d', 'cooldown: 600 w', 45, '600 w', 'signals/at-risk/cooldown: Found "600 w"; want at most 3660 days'],
  ['expectedWithin: 30 d', 'expectedWithin: 30', 39, '30', 'routine/expectedWithin: Found 30; want a duration'],
  ['large: 14 d }', 'large: soon }', 32, 'soon', 'first-task/expectedWithin/large: Found "soon"'],
  ['default: 7 d, ', '', 32, 'expectedWithin', 'first-task/expectedWithin/default: default is missing'],
]);

cases('3. Names that are not there', [
  [FIRST, 'count: { event: task.don }', 31, 'task.don', 'count/event: No event is called "task.don" (did you mean'],
  ['[task.done]', '[task.gone]', 38, 'task.gone', 'activeDays/events/0: No event is called "task.gone"'],
  ['stalled: first-task }', 'stalled: fist-task }', 49, 'fist-task', 'No milestone is called "fist-task" (did you'],
  ['large: 14 d }', 'larger: 14 d }', 32, 'larger', 'expectedWithin/larger: No segment is called "larger" (did you'],
  ['end: account.closed', 'end: account.gone', 4, 'account.gone', 'lifecycle/end: No event'],
  ['of: taskId', 'of: taskID', 37, 'taskID', 'distinct/of: The event "task.done" has no property "taskID"'],
  [
    'owner: tasks',
    'owner: tasks\n    productLines: [cor]',
    21,
    'cor]',
    '/productLines/0: No product line is called "cor"',
  ],
]);

cases('4. Numbers that cannot be', [
  ['minimum: 0,', 'minimum: 601,', 25, '601', 'minutes/minimum: No value is allowed'],
  ['string, allowed', 'string, minimum: 1, allowed', 26, '1,', 'size/minimum: A string has no minimum'],
  ['over: 0.5', 'over: 1.5', 54, '1.5', 'failureShare/over: Found 1.5; want at most 1'],
  ['over: 0.5', 'over: 1', 54, '1,', 'failureShare/over: Never opens'],
  ['share: 0.25', 'share: 0.75', 54, '0.75', 'failureShare/ends/share: Ends at 0.75, above the 0.5'],
  ['endsBelow: 20', 'endsBelow: 51', 59, '51', 'count/endsBelow: Ends below 51, but opens at 50'],
  ['3, withinDays', '8, withinDays', 38, '8,', "activeDays/atLeast: 7 dates can't hold 8"],
  ['taskId, atLeast: 3', 'taskId, atLeast: 0', 37, '0 }', 'distinct/atLeast: Found 0; want at least 1'],
  ['atLeast: 50', 'atLeast: 20000', 59, '20000', 'count/atLeast: Found 20000; want at most 10000'],
]);

cases('5. Segments', [
  ['from: 100', 'from: 101', 7, '101', 'segments/large/from: A company of 100 is in no segment'],
  ['from: 100', 'from: 99', 7, '99', 'segments/large/from: Overlaps "small": a company of 99 is in both'],
  ['from: 100 }', 'from: 100, below: 900 }', 7, '900', 'segments/large/below: A company of 900 is in no segment'],
  ['below: 100,', 'from: 1, below: 100,', 6, '1,', 'segments/small/from: A company of 0 is in no segment'],
  [', unknownSize: true', '', 5, 'segments:', 'segments: No segment takes accounts of unknown size'],
  ['from: 100 }', 'from: 100, unknownSize: true }', 7, 'true', 'segments/large/unknownSize: "small" takes'],
]);

cases('6. Conditions', [
  [FIRST, 'all: []', 31, 'all:', 'first-task/reached/all: Found 0 items; want at least 1'],
  [FIRST, 'within: 3 d', 30, 'reached:', 'first-task/reached: Found no condition; want exactly one of count'],
  [
    '{ stalled: first-task }',
    '{ stalled: first-task, reached: routine }',
    49,
    'when:',
    'Found stalled and reached; want',
  ],
  [
    'Many tasks.\n',
    'Many.\n      - { code: x, severity: high, text: T, when: { reached: routine } }\n',
    61,
    'when:',
    'Never ends',
  ],
  [FIRST, 'count: { event: task.done, events: core-actions }', 31, 'count:', 'Want exactly one of event and events'],
  [
    FIRST,
    'count: { event: account.created, outcome: failed }',
    31,
    'failed',
    'outcome: Outcome matters for core actions only',
  ],
  [FIRST, 'count: { event: task.done, outcome: success }', 31, 'success ', 'Found "success"; want succeeded, failed'],
  [FIRST, 'any: [any: [any: [any: [any: [count: { event: task.done }]]]]]', 31, 'any: [count', 'more than 5 deep'],
]);

cases('7. Signals', [
  [
    'code: failing',
    'code: stalled:first-task',
    51,
    'stalled:',
    'reasons/1/code: "stalled:first-task" is a reason of at-risk',
  ],
  ['in {window}.', 'in {windw}.', 50, 'Not one', 'reasons/0/text: Nothing is put in for {windw} (did you mean'],
  [
    'Many tasks.',
    'Many, after {milestone}.',
    60,
    'Many,',
    'reasons/2/text: Says {milestone}, but its condition has no',
  ],
  ['  at-risk:\n', '  churning:\n', 41, 'churning:', 'signals/churning: No topic carries the signal "churning"'],
]);
