import type { Micros, Outcome } from '@milepost/contracts';
import { compareRefs } from '../account-start.js';
import type { EventRef } from '../account-start.js';

/** An accepted event as far as signals care. */
export interface Action extends EventRef {
  outcome: Outcome;
  /** Company size that the event's context states; null when it states none. */
  companySize: number | null;
}

/** Puts an action where it belongs in event-time order. True: at the end, where almost all belong. */
export function insertAction(history: Action[], action: Action): boolean {
  let place = history.length;
  while (place > 0 && compareRefs(history[place - 1]!, action) > 0) place--;
  const isLast = place === history.length;
  if (isLast) history.push(action);
  else history.splice(place, 0, action);
  return isLast;
}

/** How many actions lie at or before `at`. */
export function countUntil(history: readonly Action[], at: Micros): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (history[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
