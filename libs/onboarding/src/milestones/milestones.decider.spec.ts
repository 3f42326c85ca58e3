import { describe, expect, it } from '@jest/globals';
import { DAY, parseTime, SECOND } from '@milepost/contracts';
import type { Fact, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { encodeState } from '@milepost/stream/testing';
import { eventOf } from './testing/events.js';
import { MilestonesDecider } from './milestones.decider.js';
import { milestonesStateCodec } from './milestones-state.js';

const plan = {
  version: 'v1',
  deduplicationWindow: 30 * DAY,
  lifecycle: { start: 'account.created', end: 'account.closed' },
  milestones: [
    {
      name: 'two-tasks',
      condition: { kind: 'count', select: { types: ['task.done'], outcome: null }, atLeast: 2, within: 10 * DAY },
    },
  ],
} as unknown as Plan;

const codec = milestonesStateCodec(plan);
const RECEIVED = parseTime('2026-03-01T00:00:00Z')!;

/** One account; each step tells what became of the event. */
function account() {
  const decider = new MilestonesDecider(plan);
  let state = codec.initial();
  const step = (event: OnboardingEvent, receivedAt = RECEIVED) => {
    // Through its bytes each time, as after a restart.
    state = codec.decode(encodeState(codec, state));
    const context = { partition: 0, offset: 7, receivedAt, streamTime: receivedAt };
    const [output] = decider.decide(state, { event, encoded: null }, context).outputs;
    if (output!.kind === 'emit') return (output!.body as Fact).changes;
    return output!.kind === 'reject' ? output!.violations.map(({ code }) => code) : output!.kind;
  };
  return { step, stored: () => encodeState(codec, state) };
}
const task = (id: string, day: number, changed: Partial<OnboardingEvent> = {}) =>
  eventOf({ id, occurredAt: day * DAY, ...changed });

describe('1. The same (source, id)', () => {
  it('1.1 with the same content is a duplicate within 30 days of its receipt, and new after', () => {
    const { step } = account();
    step(task('a', 1));
    expect(step(task('a', 1), RECEIVED + 30 * DAY)).toBe('drop');
    expect(step(task('a', 1), RECEIVED + 30 * DAY + SECOND)).toEqual([
      { milestone: 'two-tasks', at: DAY, previous: null },
    ]);
  });

  it('1.2 traced otherwise is a duplicate', () => {
    const { step } = account();
    step(task('a', 1));
    expect(step(task('a', 1, { traceparent: '00-1-2-01' }))).toBe('drop');
  });

  it('1.2b that says nothing in other words is a duplicate', () => {
    const { step } = account();
    step(task('a', 1));
    const context = { planTier: null, companySize: null, industry: null, region: null, acquisitionChannel: null };
    expect(step(task('a', 1, { context, userId: '' }))).toBe('drop');
  });

  it.each<Partial<OnboardingEvent>>([
    { type: 'other' },
    { occurredAt: DAY + 1 },
    { outcome: 'failed' },
    { userId: 'u' },
    { productLine: 'core' },
    { context: { planTier: 'pro', companySize: null, industry: null, region: null, acquisitionChannel: null } },
    { properties: { a: null } },
  ])('1.3 with other content is a conflict, and changes nothing: %j', (changed) => {
    const { step, stored } = account();
    step(task('a', 1));
    const before = stored();
    expect(step(task('a', 1, changed))).toEqual(['Conflicting-Duplicate']);
    expect(stored().equals(before)).toBe(true);
  });

  it('1.4 from another source is another event', () => {
    const { step } = account();
    step(task('bc', 1, { source: 'a' }));
    expect(step(task('c', 1, { source: 'ab' }))).toEqual([{ milestone: 'two-tasks', at: DAY, previous: null }]);
  });

  it('1.5 with its properties in another order is a duplicate', () => {
    const { step } = account();
    step(task('a', 1, { properties: { x: 1, y: 2 } }));
    expect(step(task('a', 1, { properties: { y: 2, x: 1 } }))).toBe('drop');
  });
});

describe('2. A milestone', () => {
  it('2.1 is reached, moves earlier, and is taken back when the account proves older', () => {
    const { step } = account();
    expect(step(task('a', 5))).toEqual([]);
    expect(step(task('b', 9))).toEqual([{ milestone: 'two-tasks', at: 9 * DAY, previous: null }]);
    expect(step(task('c', 7))).toEqual([{ milestone: 'two-tasks', at: 7 * DAY, previous: 9 * DAY }]);
    const created = eventOf({ id: 'd', type: 'account.created', occurredAt: -4 * DAY });
    expect(step(created)).toEqual([{ milestone: 'two-tasks', at: null, previous: 7 * DAY }]);
  });

  it('2.2 counts from the creation, once that is known, though other events were earlier', () => {
    const { step } = account();
    step(task('a', 1));
    expect(step(task('b', 12))).toEqual([]);
    const created = eventOf({ id: 'c', type: 'account.created', occurredAt: 3 * DAY });
    expect(step(created)).toEqual([{ milestone: 'two-tasks', at: 12 * DAY, previous: null }]);
  });
});
