import { DAY } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { SMALL_PLAN, planOf, problemsOf, smallPlanWith } from '../testing/small-plan.js';
import { formatProblem } from './problem.js';

/** The small plan as two files: everything above a key, and the rest. */
function splitAt(key: string) {
  const place = SMALL_PLAN.indexOf(`\n${key}:`) + 1;
  return [
    { path: 'b.yaml', text: SMALL_PLAN.slice(place) },
    { path: 'a.yaml', text: SMALL_PLAN.slice(0, place) },
  ];
}

describe('1. A plan of several files', () => {
  const whole = planOf(smallPlanWith());

  it('is the same plan as in one file, in whatever order they come', () => {
    expect(planOf(splitAt('milestones'))).toEqual(whole);
    expect(planOf(splitAt('milestones').reverse())).toEqual(whole);
  });

  it('may have the entries of one key in several files', () => {
    const more = '  extra:\n    { description: d, reached: { count: { event: task.done } }, expectedWithin: 1 d }\n';
    const plan = planOf([...smallPlanWith(), { path: 'more.yaml', text: `milestones:\n${more}` }]);
    expect(plan.milestones.map(({ name }) => name)).toEqual(['routine', 'first-task', 'extra'].sort(byPlan(plan)));
  });

  it('may not say one thing twice', () => {
    const more = { path: 'z.yaml', text: 'name: Other\n\nsegments:\n  small: { below: 9 }\n' };
    expect(problemsOf([...smallPlanWith(), more]).map(formatProblem)).toEqual([
      'z.yaml:1:7 name: "name" stands in plan.yaml already.',
      'z.yaml:4:3 segments/small: "small" stands in plan.yaml already.',
    ]);
  });
});

const byPlan = (plan: { milestones: { name: string }[] }) => (a: string, b: string) =>
  plan.milestones.findIndex(({ name }) => name === a) - plan.milestones.findIndex(({ name }) => name === b);

describe('2. What deciders see', () => {
  const plan = planOf(smallPlanWith());

  it('has durations in microseconds', () => {
    expect(plan.deduplicationWindow).toBe(30 * DAY);
    expect(plan.milestones[0]!.expectedWithin).toEqual({ default: 7 * DAY, bySegment: { large: 14 * DAY } });
    expect(plan.milestones[1]!.expectedWithin).toEqual({ default: 30 * DAY, bySegment: {} });
  });

  it('has selectors resolved to event types', () => {
    const select = { types: ['task.done'], outcome: null };
    expect(plan.milestones[1]!.condition).toEqual({
      kind: 'all',
      within: null,
      parts: [
        { kind: 'distinct', within: null, select, of: 'taskId', atLeast: 3 },
        { kind: 'active-days', within: null, select, atLeast: 3, days: 7 },
      ],
    });
  });

  it('has the defaults written out', () => {
    expect(plan.unplannedProperties).toBe('keep');
    expect(plan.unknownSize).toBe('small');
    expect(plan.events['account.closed']).toMatchObject({ productLines: ['core'], coreAction: false, properties: {} });
    expect(plan.segments).toEqual([
      { name: 'small', from: 0, below: 100 },
      { name: 'large', from: 100, below: null },
    ]);
  });
});

describe('3. Problems', () => {
  it('are all told at once, in the order of reading', () => {
    const text = SMALL_PLAN.replace('owner: tasks', 'owner: 1').replace('window: 30 d', '').replace('30 d', 'soon');
    expect(problemsOf([{ path: 'p.yaml', text }]).map(({ line }) => line)).toEqual([3, 20]);
  });

  it('include what is no YAML', () => {
    expect(problemsOf([{ path: 'p.yaml', text: 'name: [a\nb: c' }])[0]).toMatchObject({ file: 'p.yaml', path: '' });
    expect(problemsOf([{ path: 'p.yaml', text: 'name: a\nname: b\n' }])).toEqual([
      { file: 'p.yaml', line: 2, column: 1, path: '', message: 'This name stands twice in the same place.' },
    ]);
    expect(problemsOf([{ path: 'p.yaml', text: '- a list' }])[0]?.message).toContain('Found a list');
  });

  it('include a folder that holds nothing', () => {
    expect(problemsOf([]).map(({ path }) => path)).toContain('events');
    expect(problemsOf([{ path: 'p.yaml', text: '' }]).map(({ path }) => path)).toContain('lifecycle');
  });
});

describe('3. A proposal', () => {
  const more = `signals:\n  at-risk:\n    description: Quiet.\n    owner: success\n    successCriterion: More stay.\n    cooldown: 1 d\n    reasons:\n      - code: stalled:routine\n        severity: medium\n        when: { stalled: routine }\n        text: No routine in {window}.\n`;
  const proposal = { path: 'a-proposal.yaml', text: more, proposed: true };

  it('takes the place of what has its name, wherever it stands in the order of files', () => {
    for (const path of ['a-proposal.yaml', 'z-proposal.yaml']) {
      const { signals, milestones } = planOf([...smallPlanWith(), { ...proposal, path }]);
      expect(signals.map(({ name, reasons }) => [name, reasons.map(({ code }) => code)])).toEqual([['at-risk', ['stalled:routine']]]); // prettier-ignore
      expect(milestones).toEqual(planOf(smallPlanWith()).milestones);
    }
  });

  it('is of signals alone', () => {
    const other = { ...proposal, text: 'name: another\nmilestones: {}\nsignals: {}\n' };
    expect(problemsOf([...smallPlanWith(), other]).map(formatProblem)).toEqual([
      'a-proposal.yaml:1:1 name: A proposal is of signals alone; "name" belongs into the plan. Want: signals.',
      'a-proposal.yaml:2:1 milestones: A proposal is of signals alone; "milestones" belongs into the plan. Want: signals.',
    ]);
  });

  it('may not say one thing twice either', () => {
    const twice = [...smallPlanWith(), proposal, { ...proposal, path: 'b-proposal.yaml' }];
    expect(problemsOf(twice).map(formatProblem)).toEqual([
      'b-proposal.yaml:2:3 signals/at-risk: "at-risk" stands in a-proposal.yaml already.',
    ]);
  });
});
