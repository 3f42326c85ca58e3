import type { Micros, ScorePart } from '@milepost/contracts';
import type { Selector, Window } from '@milepost/plan';
import type { EventRef } from '../../account-start.js';
import type { ModelSchedule } from '../../models/model-schedule.js';
import type { Action } from '../action-history.js';

/** What stood open when an account's condition ended, in the words of the contract. */
export type EndCause = 'reached' | 'recovered' | 'expired';

/** An account at one instant of event time: what a condition may know. */
export interface View {
  /** The instant that is judged. */
  now: Micros;
  start: EventRef | null;
  /** The segment in force at `now`. */
  segment: string;
  /** When a milestone was reached, whether before `now` or after; undefined when never. */
  reachedAt(milestone: string): Micros | undefined;
  history: readonly Action[];
  /** Actions `history[0 .. seen)` lie at or before `now`. */
  seen: number;
  /** Actions `history[from .. seen)` lie exactly at `now`. */
  from: number;
  /** True when a cooldown of this very reason ends at `now`. */
  cooldownEnds: boolean;
  /** Absent: none. */
  models?: ModelSchedule | undefined;
}

/** What a score says in a trigger. */
export interface Explanation {
  text: string;
  probability: number;
  modelVersion: string;
  parts: ScorePart[];
}

/**
 * A kind of condition, compiled from the plan. Everything it says is a function of the view, so it gives the same
 * answer live, in a replay and in a backtest.
 */
export interface Condition {
  /** Whether a closed reason opens at `now`. */
  opens(view: View): boolean;
  /** Whether an open reason ends at `now`, and why. */
  ends(view: View): EndCause | null;
  /** Next instant without an event at which a closed reason may open; null: only an event can do it. */
  opensAt(view: View): Micros | null;
  /** Next instant without an event at which an open reason may end. */
  endsAt(view: View): Micros | null;
  /** The newest events that decided it, at most `EVIDENCE_LIMIT`, oldest first. */
  evidence(view: View): EventRef[];
  /** The window that applied, for the reason's text. */
  window(view: View): Micros | null;
  /** Of a condition that is a score. Null where no model is in force. */
  explain?(view: View): Explanation | null;
}

export const EVIDENCE_LIMIT = 10;

export const windowFor = (window: Window, segment: string): Micros => window.bySegment[segment] ?? window.default;

/** A selector as a fast test: it is asked of every action within a window, for every event. */
export function matcher({ types, outcome }: Selector): (action: Action) => boolean {
  const [only] = types;
  const fits = (action: Action): boolean => outcome === null || action.outcome === outcome;
  if (types.length === 1) return (action) => action.type === only && fits(action);
  const several = new Set(types);
  return (action) => several.has(action.type) && fits(action);
}

/** The newest matching action in `(after, now]`. */
export function newest(view: View, matches: (action: Action) => boolean, after = -Infinity): Action | undefined {
  return nthSince(view, matches, 1, after);
}

/** The n-th newest matching action in `(after, now]`. */
export function nthSince(
  view: View,
  matches: (action: Action) => boolean,
  n: number,
  after: Micros,
): Action | undefined {
  // Where there are fewer actions of any kind, which is nearly always, none has to be looked at.
  const last = view.history[view.seen - n];
  if (last === undefined || last.at <= after) return undefined;
  for (let i = view.seen - 1, found = 0; i >= 0; i--) {
    const action = view.history[i]!;
    if (action.at <= after) return undefined;
    if (matches(action) && ++found === n) return action;
  }
  return undefined;
}

/** How many matching actions lie in `(after, now]`. */
export function countSince(view: View, matches: (action: Action) => boolean, after: Micros): number {
  let count = 0;
  for (let i = view.seen - 1; i >= 0; i--) {
    const action = view.history[i]!;
    if (action.at <= after) break;
    if (matches(action)) count++;
  }
  return count;
}

/** Whether a matching action lies exactly at `now`. */
export function touched(view: View, matches: (action: Action) => boolean): boolean {
  for (let i = view.from; i < view.seen; i++) if (matches(view.history[i]!)) return true;
  return false;
}

/** The newest matching actions in `(after, now]`, at most `EVIDENCE_LIMIT`, oldest first. */
export function newestSince(view: View, matches: (action: Action) => boolean, after: Micros): EventRef[] {
  const found: EventRef[] = [];
  for (let i = view.seen - 1; i >= 0 && found.length < EVIDENCE_LIMIT; i--) {
    const action = view.history[i]!;
    if (action.at <= after) break;
    if (matches(action)) found.push(action);
  }
  return found.reverse();
}
