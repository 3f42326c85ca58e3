import type { SignalCondition } from '@milepost/plan';
import { countSince, matcher, newestSince, touched } from './condition.js';
import type { Condition, Matcher, View } from './condition.js';

/** Enough actions within a window, and too large a share of them failed or abandoned. */
export function failureShare(condition: Extract<SignalCondition, { kind: 'failure-share' }>): Condition {
  const matches = matcher(condition.select);
  const fails: Matcher = (kind) => kind.outcome !== 'succeeded' && matches(kind);
  /** With fewer failures no share of enough actions is too large. */
  const leastFailed = Math.floor(condition.over * condition.atLeast) + 1;

  const shareTooLarge = (view: View): boolean => {
    const after = view.now - condition.within;
    // Failures first: they are few, and where they are too few nothing else has to be counted.
    const failed = countSince(view, fails, after);
    if (failed < leastFailed) return false;
    const count = countSince(view, matches, after);
    return count >= condition.atLeast && failed > condition.over * count;
  };

  const recovered = (view: View): boolean => {
    let count = 0;
    let failed = 0;
    for (let i = view.seen - 1; i >= 0 && count < condition.recoverLast; i--) {
      const kind = view.history.kindAt(i);
      if (!matches(kind)) continue;
      count++;
      if (kind.outcome !== 'succeeded') failed++;
    }
    return failed <= condition.recoverShare * condition.recoverLast;
  };

  return {
    // The share also grows when successes leave the window; that alone is no reason to alarm anyone.
    opens: (view) => (view.cooldownEnds || touched(view, matches)) && shareTooLarge(view),
    ends: (view) => (touched(view, matches) && recovered(view) ? 'recovered' : null),
    opensAt: () => null,
    endsAt: () => null,
    evidence: (view) => newestSince(view, matches, view.now - condition.within),
    window: () => condition.within,
  };
}
