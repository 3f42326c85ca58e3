import type { SignalCondition } from '@milepost/plan';
import { matcher, newest, newestSince } from './condition.js';
import type { Condition, EndCause, View } from './condition.js';

/** From an event until another at or after it, or until a time after the latest of the first. */
export function eventUntilEvent(condition: Extract<SignalCondition, { kind: 'event-until-event' }>): Condition {
  const opening = matcher(condition.select);
  const closing = matcher(condition.until);
  const over = (view: View): EndCause | null => {
    // One that expires at this very instant is still asked for: an event that ends it here goes before.
    const latest = newest(view, opening, view.now - condition.expiresAfter - 1);
    if (latest === null) return 'expired';
    if ((newest(view, closing) ?? -Infinity) >= latest) return 'reached';
    return view.now >= latest + condition.expiresAfter ? 'expired' : null;
  };
  return {
    opens: (view) => over(view) === null,
    ends: over,
    opensAt: () => null,
    endsAt: (view) => (newest(view, opening) ?? 0) + condition.expiresAfter,
    evidence: (view) =>
      newestSince(view, opening, Math.max(view.now - condition.expiresAfter, newest(view, closing) ?? -Infinity)),
    window: () => condition.expiresAfter,
  };
}
