import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import fc from 'fast-check';
import { eventOf } from './testing/events.js';
import { judgeLeaf } from './testing/statistic-oracle.js';
import { addToLeaf, leafReachedAt } from './statistic.js';
import type { LeafCondition, Mark } from './statistic.js';

const select = { types: ['task.done'], outcome: null };
const count = (atLeast: number): LeafCondition => ({ kind: 'count', select, atLeast, within: null });
const distinct = (of: string, atLeast: number): LeafCondition => ({
  kind: 'distinct',
  select,
  of,
  atLeast,
  within: null,
});
const days = (atLeast: number, of: number): LeafCondition => ({
  kind: 'active-days',
  select,
  atLeast,
  days: of,
  within: null,
});

function marksOf(leaf: LeafCondition, events: readonly OnboardingEvent[]): Mark[] {
  const marks: Mark[] = [];
  for (const event of events) {
    const before = JSON.stringify(marks);
    const changed = addToLeaf(leaf, marks, event);
    expect(changed).toBe(JSON.stringify(marks) !== before);
  }
  return marks;
}
const at = (...times: number[]) => times.map((occurredAt) => eventOf({ occurredAt }));
const reached = (leaf: LeafCondition, events: readonly OnboardingEvent[]) => leafReachedAt(leaf, marksOf(leaf, events));

describe('1. The k-th event', () => {
  it('1.1 is counted by event time, not by arrival', () => {
    expect(reached(count(2), at(9))).toBeNull();
    expect(reached(count(2), at(9, 3))).toBe(9);
    expect(reached(count(2), at(9, 3, 5))).toBe(5);
  });
});

describe('2. The k-th distinct', () => {
  const by = (userId: string | null, occurredAt: number) => eventOf({ userId, occurredAt });
  const with_ = (size: string | number | boolean | null) => eventOf({ properties: { size } });

  it('2.1 user counts from when it was first seen, however late that is learnt', () => {
    const users = [by('a', 5), by('b', 8), by('a', 9)];
    expect(reached(distinct('userId', 2), users)).toBe(8);
    expect(reached(distinct('userId', 2), [...users, by('c', 6)])).toBe(6);
    expect(reached(distinct('userId', 2), [...users, by('b', 2)])).toBe(5);
  });

  it('2.2 value: nobody, null, empty and missing are none; false and 0 are', () => {
    expect(marksOf(distinct('userId', 9), [by(null, 1), by('', 2)])).toEqual([]);
    expect(marksOf(distinct('size', 9), [with_(null), with_(''), eventOf()])).toEqual([]);
    const values = [with_(false), with_(0), with_('big')];
    expect(marksOf(distinct('size', 9), values).map(({ value }) => value)).toEqual(['0', 'big', 'false']);
  });
});

describe('3. Active days', () => {
  const on = (...times: number[]) => at(...times.map((day) => Math.round(day * DAY)));

  it('3.1 are dates of UTC, and the habit forms with the first event of the last of them', () => {
    expect(reached(days(2, 7), on(1, 1.2, 1.9))).toBeNull();
    expect(reached(days(2, 7), on(1, 3.5, 3.25))).toBe(3.25 * DAY);
    expect(reached(days(2, 7), at(DAY - 1, DAY))).toBe(DAY);
  });

  it('3.2 lie within so many consecutive dates, the first and the last included', () => {
    expect(reached(days(2, 7), on(1, 7))).toBe(7 * DAY);
    expect(reached(days(2, 7), on(1, 8))).toBeNull();
    expect(reached(days(3, 7), on(1, 8, 9))).toBeNull();
    expect(reached(days(3, 7), on(1, 8, 9, 5))).toBe(9 * DAY);
  });
});

describe('4. Any order of any events', () => {
  const leaf = fc.oneof(
    fc.integer({ min: 1, max: 4 }).map(count),
    fc.integer({ min: 1, max: 4 }).map((atLeast) => distinct('userId', atLeast)),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 6 })).map(([k, of]) => days(k, of)),
  );
  // Few users and whole hours, so that much falls on the same instant and the same day.
  const event = fc.record({ userId: fc.constantFrom('a', 'b', 'c', 'd', 'e', '', null), hour: fc.nat(14 * 24) });
  const events = fc
    .array(event, { maxLength: 25 })
    .map((list) => list.map(({ userId, hour }) => eventOf({ userId, occurredAt: (hour - (hour % 6)) * HOUR })));
  const shuffled = events.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );

  it('4.1 gives the same marks and the same instant, those of the plain definition', () => {
    fc.assert(
      fc.property(leaf, shuffled, (one, [inOrder, inAnother]) => {
        const { marks, at: instant } = judgeLeaf(one, inOrder);
        for (const arrival of [inOrder, inAnother]) {
          const kept = marksOf(one, arrival);
          expect(kept).toEqual(marks);
          expect(leafReachedAt(one, kept)).toBe(instant);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('4.2 keeps what decides and no more', () => {
    const many = Array.from({ length: 1100 }, (_, i) =>
      eventOf({ userId: `u${(i * 7919) % 1100}`, occurredAt: i * DAY * 3 }),
    );
    const backwards = [...many].reverse();
    for (const arrival of [many, backwards]) {
      const size = (one: LeafCondition) => {
        const marks: Mark[] = [];
        for (const each of arrival) addToLeaf(one, marks, each);
        return marks.length;
      };
      expect([size(count(5)), size(distinct('userId', 5)), size(days(2, 2)), size(days(1, 1))]).toEqual([
        5, 5, 1000, 1,
      ]);
    }
  });
});
