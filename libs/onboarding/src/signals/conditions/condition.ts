import type { Micros, ScorePart } from '@milepost/contracts';
import type { Selector, Window } from '@milepost/plan';
import type { EventRef } from '../../account-start.js';
import type { ModelSchedule } from '../../models/model-schedule.js';
import type { ActionHistory } from '../action-history.js';
import type { ActionKind } from '../shared-kinds.js';

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
  history: ActionHistory;
  /** So many actions of the history lie at or before `now`. */
  seen: number;
  /** Those of them from this place on lie exactly at `now`. */
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

export type Matcher = (kind: ActionKind) => boolean;

/** A selector as a fast test: it is asked of every action within a window, for every event. */
export function matcher({ types, outcome }: Selector): Matcher {
  const [only] = types;
  const fits = (kind: ActionKind): boolean => outcome === null || kind.outcome === outcome;
  if (types.length === 1) return (kind) => kind.type === only && fits(kind);
  const several = new Set(types);
  return (kind) => several.has(kind.type) && fits(kind);
}

/** When the newest matching action in `(after, now]` was; null when there is none. */
export function newest(view: View, matches: Matcher, after = -Infinity): Micros | null {
  return nthSince(view, matches, 1, after);
}

/** When the n-th newest matching action in `(after, now]` was; null when there are fewer. */
export function nthSince({ history, seen }: View, matches: Matcher, n: number, after: Micros): Micros | null {
  // Where there are fewer actions of any kind, which is nearly always, none has to be looked at.
  if (seen < n || history.timeAt(seen - n) <= after) return null;
  for (let i = seen - 1, found = 0; i >= 0; i--) {
    const at = history.timeAt(i);
    if (at <= after) return null;
    if (matches(history.kindAt(i)) && ++found === n) return at;
  }
  return null;
}

/** How many matching actions lie in `(after, now]`. */
export function countSince({ history, seen }: View, matches: Matcher, after: Micros): number {
  let count = 0;
  for (let i = seen - 1; i >= 0 && history.timeAt(i) > after; i--) {
    if (matches(history.kindAt(i))) count++;
  }
  return count;
}

/** Whether a matching action lies exactly at `now`. */
export function touched({ history, from, seen }: View, matches: Matcher): boolean {
  for (let i = from; i < seen; i++) if (matches(history.kindAt(i))) return true;
  return false;
}

/** The newest matching actions in `(after, now]`, at most `most`, oldest first. */
export function newestSince(
  { history, seen }: View,
  matches: Matcher,
  after: Micros,
  most = EVIDENCE_LIMIT,
): EventRef[] {
  const found: number[] = [];
  for (let i = seen - 1; i >= 0 && found.length < most && history.timeAt(i) > after; i--) {
    if (matches(history.kindAt(i))) found.push(i);
  }
  return found.reverse().map((place) => history.refAt(place));
}
