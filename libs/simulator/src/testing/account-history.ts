import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';

const CORE = new Set([
  'workspace.configured',
  'data.imported',
  'integration.connected',
  'teammate.invited',
  'workflow.created',
  'workflow.run',
]);

export const isCore = ({ type }: OnboardingEvent): boolean => CORE.has(type);
export const isSuccess = (event: OnboardingEvent): boolean => isCore(event) && event.outcome === 'succeeded';
export const isRun = (event: OnboardingEvent): boolean => event.type === 'workflow.run' && isSuccess(event);
export const isOf =
  (type: string) =>
  (event: OnboardingEvent): boolean =>
    event.type === type;

export function byAccount(events: Iterable<OnboardingEvent>): Map<string, OnboardingEvent[]> {
  const accounts = new Map<string, OnboardingEvent[]>();
  for (const event of events) {
    const account = accounts.get(event.accountId);
    if (account) account.push(event);
    else accounts.set(event.accountId, [event]);
  }
  return accounts;
}

/** When so many distinct values have been seen; Infinity when never. */
export function reachedAt(
  events: readonly OnboardingEvent[],
  atLeast: number,
  value: (event: OnboardingEvent) => unknown,
): Micros {
  const seen = new Set<unknown>();
  for (const event of events) {
    const one = value(event);
    if (one !== null && seen.add(one).size >= atLeast) return event.occurredAt;
  }
  return Infinity;
}

/** How many of `events`, which are in order, lie in `(at − days, at]`. */
export const countWithin = (events: readonly OnboardingEvent[], at: Micros, days: number): number =>
  countUpTo(events, at) - countUpTo(events, at - days * DAY);

function countUpTo(events: readonly OnboardingEvent[], at: Micros): number {
  let from = 0;
  for (let to = events.length; from < to;) {
    const middle = (from + to) >> 1;
    if (events[middle]!.occurredAt <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}
