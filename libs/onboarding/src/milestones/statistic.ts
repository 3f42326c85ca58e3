import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent, PropertyValue } from '@milepost/contracts';
import type { MilestoneCondition } from '@milepost/plan';

/** What a condition over events keeps of them, sorted by time. `value` is '' where times say all, as of days. */
export interface Mark {
  at: Micros;
  value: string;
}

export type LeafCondition = Extract<MilestoneCondition, { kind: 'count' | 'distinct' | 'active-days' }>;

/** An account that never forms the habit keeps at most so many active days. */
const MAX_DAYS = 1_000;

/**
 * Adds an event to a leaf's marks. They are the smallest that decide the condition for ever: for "the k-th distinct"
 * the k values first seen earliest. An event left out can never matter again, because times only move earlier; so a
 * late event, however late, goes exactly where it belongs, and the state stays small. True when the marks changed.
 */
export function addToLeaf(leaf: LeafCondition, marks: Mark[], event: OnboardingEvent): boolean {
  const at = event.occurredAt;
  if (isDecidedBefore(leaf, marks, at)) return false;
  if (leaf.kind === 'count') return insert(marks, { at, value: '' }, leaf.atLeast);
  const value = leaf.kind === 'distinct' ? distinctValue(leaf.of, event) : '';
  if (leaf.kind === 'distinct' && value === '') return false;
  const known =
    leaf.kind === 'distinct'
      ? marks.findIndex((mark) => mark.value === value)
      : marks.findIndex((mark) => dayOf(mark.at) === dayOf(at));
  if (known >= 0) {
    if (marks[known]!.at <= at) return false;
    marks.splice(known, 1);
  }
  if (leaf.kind === 'distinct') return insert(marks, { at, value }, leaf.atLeast) || known >= 0;
  const mark = { at, value };
  insert(marks, mark, MAX_DAYS);
  trimDays(leaf, marks);
  return marks.includes(mark);
}

/** When the leaf's condition was met; null while it is not. */
export function leafReachedAt(leaf: LeafCondition, marks: readonly Mark[]): Micros | null {
  if (leaf.kind !== 'active-days') return marks[leaf.atLeast - 1]?.at ?? null;
  const last = completingDay(leaf, marks);
  return last === -1 ? null : marks[last]!.at;
}

/**
 * Whether what the marks say is settled by earlier ones, as it is for most events of most accounts. For active days the
 * last mark completes the condition once it is met.
 */
function isDecidedBefore(leaf: LeafCondition, marks: readonly Mark[], at: Micros): boolean {
  if (marks.length < leaf.atLeast || at <= marks[marks.length - 1]!.at) return false;
  return leaf.kind !== 'active-days' || completingDay(leaf, marks) !== -1;
}

const dayOf = (at: Micros): number => Math.floor(at / DAY);

/** Equal times by value, so that the marks are the same whatever the order of arrival. */
const isAfter = (a: Mark, b: Mark): boolean => a.at > b.at || (a.at === b.at && a.value > b.value);

function insert(marks: Mark[], mark: Mark, keep: number): boolean {
  let place = marks.length;
  while (place > 0 && isAfter(marks[place - 1]!, mark)) place--;
  if (place >= keep) return false;
  marks.splice(place, 0, mark);
  if (marks.length > keep) marks.pop();
  return true;
}

/** Index of the first day that has enough active days within the window that ends with it; -1 when none has. */
function completingDay(leaf: Extract<LeafCondition, { kind: 'active-days' }>, marks: readonly Mark[]): number {
  for (let last = leaf.atLeast - 1; last < marks.length; last++) {
    const first = marks[last - leaf.atLeast + 1]!;
    if (dayOf(marks[last]!.at) - dayOf(first.at) < leaf.days) return last;
  }
  return -1;
}

/** Days after the completing one can't make it earlier. */
function trimDays(leaf: Extract<LeafCondition, { kind: 'active-days' }>, marks: Mark[]): void {
  const last = completingDay(leaf, marks);
  if (last !== -1) marks.length = last + 1;
}

function distinctValue(of: string, event: OnboardingEvent): string {
  const value: PropertyValue | undefined = of === 'userId' ? event.userId : event.properties[of];
  return value === null || value === undefined ? '' : String(value);
}
