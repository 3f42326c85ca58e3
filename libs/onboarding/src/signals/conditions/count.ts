import type { SignalCondition } from '@milepost/plan';
import { matcher, newestSince, nthSince } from './condition.js';
import type { Condition, View } from './condition.js';

/** At least so many matching actions within a window; ends when too few are left in it. */
export function count(condition: Extract<SignalCondition, { kind: 'count' }>): Condition {
  const matches = matcher(condition.select);
  const fallsBelow = (view: View): number | null => {
    const deciding = nthSince(view, matches, condition.endsBelow, view.now - condition.within);
    return deciding === null ? null : deciding + condition.within;
  };
  return {
    opens: (view) => nthSince(view, matches, condition.atLeast, view.now - condition.within) !== null,
    ends: (view) => (view.now >= (fallsBelow(view) ?? -Infinity) ? 'recovered' : null),
    opensAt: () => null,
    endsAt: fallsBelow,
    evidence: (view) => newestSince(view, matches, view.now - condition.within),
    window: () => condition.within,
  };
}
