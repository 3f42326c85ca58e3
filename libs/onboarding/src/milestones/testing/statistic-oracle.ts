import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { LeafCondition, Mark } from '../statistic.js';

/**
 * What a leaf keeps and when it is met, computed from all events at once as the plan's words say it, with none of the
 * code under test.
 */
export function judgeLeaf(
  leaf: LeafCondition,
  events: readonly OnboardingEvent[],
): { marks: Mark[]; at: Micros | null } {
  if (leaf.kind === 'count') {
    const times = events.map(({ occurredAt }) => occurredAt).sort((a, b) => a - b);
    const marks = times.slice(0, leaf.atLeast).map((at) => ({ at, value: '' }));
    return { marks, at: times[leaf.atLeast - 1] ?? null };
  }
  const first = new Map<string, Micros>();
  for (const event of events) {
    const value = valueOf(leaf, event);
    if (value === null) continue;
    first.set(value, Math.min(first.get(value) ?? Infinity, event.occurredAt));
  }
  const seen = [...first].map(([value, at]) => ({ at, value }));
  seen.sort((a, b) => a.at - b.at || (a.value < b.value ? -1 : 1));
  if (leaf.kind === 'distinct') return { marks: seen.slice(0, leaf.atLeast), at: seen[leaf.atLeast - 1]?.at ?? null };
  const isHabit = ({ value }: Mark) => {
    const day = Number(value);
    const days = seen.filter((one) => Number(one.value) <= day && Number(one.value) > day - leaf.days);
    return days.length >= leaf.atLeast;
  };
  const completing = seen.findIndex(isHabit);
  // A day is known from its first instant.
  const marks = seen.map(({ at }) => ({ at, value: '' }));
  if (completing === -1) return { marks, at: null };
  return { marks: marks.slice(0, completing + 1), at: seen[completing]!.at };
}

function valueOf(leaf: LeafCondition, event: OnboardingEvent): string | null {
  if (leaf.kind === 'active-days') return String(Math.floor(event.occurredAt / DAY));
  if (leaf.kind === 'count') return null;
  const value = leaf.of === 'userId' ? event.userId : (event.properties[leaf.of] ?? null);
  return value === null || value === '' ? null : String(value);
}
