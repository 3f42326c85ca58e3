import type { Micros, OnboardingEvent } from '@milepost/contracts';

/** An event as evidence: enough to find it again. */
export interface EventRef {
  at: Micros;
  source: string;
  id: string;
  type: string;
}

/** Where an account's clock starts: its earliest creation, or its earliest event while there is none. */
export interface AccountStart {
  created: EventRef | null;
  earliest: EventRef | null;
}

/** Event-time order: equal times by source, then id. */
export const compareRefs = (a: Omit<EventRef, 'type'>, b: Omit<EventRef, 'type'>): number =>
  a.at - b.at || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Takes an accepted event into account. True when the start moved. */
export function moveStart(start: AccountStart, event: OnboardingEvent, creation: string): boolean {
  const before = startOf(start);
  const isEarlier = (known: EventRef | null): boolean =>
    known === null ||
    event.occurredAt < known.at ||
    (event.occurredAt === known.at && compareRefs(refOf(event), known) < 0);
  const isEarliest = isEarlier(start.earliest);
  if (isEarliest) start.earliest = refOf(event);
  if (event.type === creation && isEarlier(start.created)) start.created = isEarliest ? start.earliest : refOf(event);
  return startOf(start) !== before;
}

export const startOf = (start: AccountStart): EventRef | null => start.created ?? start.earliest;

export const refOf = (event: OnboardingEvent): EventRef => ({
  at: event.occurredAt,
  source: event.source,
  id: event.id,
  type: event.type,
});
