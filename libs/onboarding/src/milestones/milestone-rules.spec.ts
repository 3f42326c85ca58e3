import { describe, expect, it } from '@jest/globals';
import type { OnboardingEvent } from '@milepost/contracts';
import type { MilestoneCondition, Plan } from '@milepost/plan';
import { eventOf } from './testing/events.js';
import { MilestoneRules } from './milestone-rules.js';
import type { Marks } from './milestone-rules.js';

const START = 1000;
const first = (type: string, within: number | null = null): MilestoneCondition => ({
  kind: 'count',
  select: { types: [type], outcome: null },
  atLeast: 1,
  within,
});
const joined = (kind: 'all' | 'any' | 'sequence', parts: MilestoneCondition[], within: number | null = null) =>
  ({ kind, parts, within }) as MilestoneCondition;
const planOf = (conditions: Record<string, MilestoneCondition>) =>
  ({ milestones: Object.entries(conditions).map(([name, condition]) => ({ name, condition })) }) as unknown as Plan;

/** Events as `a5`: type a, 5 microseconds after the start. */
const read = (text: string): OnboardingEvent[] =>
  text.split(' ').map((one) => eventOf({ type: one[0]!, occurredAt: START + Number(one.slice(1)) }));

/** When the condition was met, after the start; null while it is not. */
function reached(condition: MilestoneCondition, events: string): number | null {
  const rules = new MilestoneRules(planOf({ it: condition }));
  const marks: Marks = new Map();
  for (const event of read(events)) rules.add(marks, event);
  const at = rules.evaluate(marks, START).get('it');
  return at === undefined ? null : at - START;
}

describe('1. Within a time from the start', () => {
  it.each([
    ['a10', 10],
    ['a11', null],
    ['a11 a10', 10],
    ['a0', 0],
  ])('1.1 %s is reached at %j', (events, at) => expect(reached(first('a', 10), events)).toBe(at));

  it('1.2 holds for a part by itself, and for the whole', () => {
    expect(reached(joined('all', [first('a', 10), first('b')]), 'a10 b99')).toBe(99);
    expect(reached(joined('all', [first('a', 10), first('b')]), 'a11 b99')).toBeNull();
    expect(reached(joined('all', [first('a'), first('b')], 50), 'a11 b50')).toBe(50);
    expect(reached(joined('all', [first('a'), first('b')], 50), 'a11 b51')).toBeNull();
  });

  it('1.3 is measured from the start as it is known at last', () => {
    const rules = new MilestoneRules(planOf({ it: first('a', 10) }));
    const marks: Marks = new Map();
    for (const event of read('a10')) rules.add(marks, event);
    expect([START - 1, START, START + 5].map((start) => rules.evaluate(marks, start).size)).toEqual([0, 1, 1]);
  });
});

describe('2. Any and all', () => {
  const parts = [first('a'), first('b'), first('c')];
  it.each([
    ['any', 'x1', null],
    ['any', 'c9', 9],
    ['any', 'c9 a4 b5', 4],
    ['all', 'a4 b5', null],
    ['all', 'c9 a4 b5', 9],
  ] as const)('%s of a, b, c: %s is reached at %j', (kind, events, at) =>
    expect(reached(joined(kind, parts), events)).toBe(at),
  );

  it('may hold each other', () => {
    const either = joined('any', [joined('all', [first('a'), first('b')]), first('c', 5)]);
    expect(reached(either, 'c6 a7')).toBeNull();
    expect(reached(either, 'c6 a7 b8')).toBe(8);
    expect(reached(either, 'c6 a7 b8 c5')).toBe(5);
  });
});

describe('3. A sequence', () => {
  const sequence = joined('sequence', [first('a'), first('b'), first('c')]);
  it.each<[string, number | null, string]>([
    ['a1 b2 c3', 3, 'in order'],
    ['c3 b2 a1', 3, 'in order, arriving otherwise'],
    ['a2 b2 c2', 2, 'all at once'],
    ['a1 b2', null, 'not at its end'],
    ['a1 b3 c2', null, 'out of order'],
    ['b1 a2 c3', null, 'begun before its first part'],
    ['b1 a2 c3 a0', 3, 'out of order until an earlier event was learnt of'],
    ['a1 b2 c3 b0', null, 'in order until an earlier event was learnt of'],
  ])('%s is reached at %j: %s', (events, at) => expect(reached(sequence, events)).toBe(at));
});

describe('4. Events', () => {
  const condition: MilestoneCondition = {
    kind: 'count',
    select: { types: ['a', 'b'], outcome: 'succeeded' },
    atLeast: 2,
    within: null,
  };
  const rules = new MilestoneRules(planOf({ it: condition }));

  it('4.1 of every type in the selection count together, with its outcome alone', () => {
    const marks: Marks = new Map();
    expect(rules.add(marks, eventOf({ type: 'a', outcome: 'failed' }))).toBe(false);
    expect(rules.add(marks, eventOf({ type: 'c' }))).toBe(false);
    expect(marks.size).toBe(0);
    expect(rules.add(marks, eventOf({ type: 'a', occurredAt: 5 }))).toBe(true);
    expect(rules.add(marks, eventOf({ type: 'b', occurredAt: 3 }))).toBe(true);
    expect(rules.evaluate(marks, 0)).toEqual(new Map([['it', 5]]));
  });

  it('4.2 that can not matter any more change nothing', () => {
    const marks: Marks = new Map();
    for (const occurredAt of [1, 2]) rules.add(marks, eventOf({ type: 'a', occurredAt }));
    expect(rules.add(marks, eventOf({ type: 'a', occurredAt: 3 }))).toBe(false);
  });
});

describe('5. Marks', () => {
  it('5.1 are shared by leaves that differ in their limit alone', () => {
    const rules = new MilestoneRules(planOf({ soon: first('a', 10), ever: first('a') }));
    const marks: Marks = new Map();
    for (const event of read('a11')) rules.add(marks, event);
    expect(marks.size).toBe(1);
    expect(rules.evaluate(marks, START)).toEqual(new Map([['ever', START + 11]]));
  });

  it('5.2 outlive a change of the plan, for what it still asks', () => {
    const marks: Marks = new Map();
    const older = new MilestoneRules(planOf({ a: first('a'), b: first('b') }));
    for (const event of read('a1 b2')) older.add(marks, event);
    const newer = new MilestoneRules(planOf({ both: joined('all', [first('b', 5), first('a')]), c: first('c') }));
    expect(newer.evaluate(marks, START)).toEqual(new Map([['both', START + 2]]));
  });
});
