import type { SignalCondition } from '@milepost/plan';
import { matcher, newest, touched, windowFor } from './condition.js';
import type { Condition, View } from './condition.js';

/** After a milestone, no matching action for a while. */
export function quiet(condition: Extract<SignalCondition, { kind: 'quiet' }>): Condition {
  const matches = matcher(condition.select);
  const active = (view: View): boolean =>
    condition.after === null || (view.reachedAt(condition.after) ?? Infinity) <= view.now;
  const deadline = (view: View): number | null => {
    const last = active(view) ? newest(view, matches) : undefined;
    return last ? last.at + windowFor(condition.window, view.segment) : null;
  };
  return {
    opens: (view) => view.now >= (deadline(view) ?? Infinity),
    ends: (view) => (touched(view, matches) ? 'recovered' : null),
    opensAt: deadline,
    endsAt: () => null,
    evidence: (view) => [newest(view, matches)].filter((last) => last !== undefined),
    window: (view) => windowFor(condition.window, view.segment),
  };
}
