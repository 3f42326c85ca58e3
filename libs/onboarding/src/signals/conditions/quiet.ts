import type { SignalCondition } from '@milepost/plan';
import { matcher, newest, newestSince, touched, windowFor } from './condition.js';
import type { Condition, View } from './condition.js';

/** After a milestone, no matching action for a while. */
export function quiet(condition: Extract<SignalCondition, { kind: 'quiet' }>): Condition {
  const matches = matcher(condition.select);
  const active = (view: View): boolean =>
    condition.after === null || (view.reachedAt(condition.after) ?? Infinity) <= view.now;
  const deadline = (view: View): number | null => {
    const last = active(view) ? newest(view, matches) : null;
    return last === null ? null : last + windowFor(condition.window, view.segment);
  };
  return {
    opens: (view) => view.now >= (deadline(view) ?? Infinity),
    ends: (view) => (touched(view, matches) ? 'recovered' : null),
    opensAt: deadline,
    endsAt: () => null,
    evidence: (view) => newestSince(view, matches, -Infinity, 1),
    window: (view) => windowFor(condition.window, view.segment),
  };
}
