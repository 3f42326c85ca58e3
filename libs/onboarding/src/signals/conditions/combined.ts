import { EVIDENCE_LIMIT } from './condition.js';
import type { Condition, View } from './condition.js';
import { compareRefs } from '../../account-start.js';

/** A milestone is reached: a part of other conditions; it never ends. */
export function reached(milestone: string): Condition {
  return {
    opens: (view) => (view.reachedAt(milestone) ?? Infinity) <= view.now,
    ends: () => null,
    opensAt: () => null,
    endsAt: () => null,
    evidence: () => [],
    window: () => null,
  };
}

const earliest = (instants: (number | null)[]): number | null => {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

const shared = (parts: Condition[]) => ({
  opensAt: (view: View) => earliest(parts.map((part) => part.opensAt(view))),
  endsAt: (view: View) => earliest(parts.map((part) => part.endsAt(view))),
  evidence: (view: View) =>
    parts
      .flatMap((part) => part.evidence(view))
      .sort(compareRefs)
      .slice(-EVIDENCE_LIMIT),
  window: (view: View) => parts.map((part) => part.window(view)).find((window) => window !== null) ?? null,
});

/** Opens when every part does, ends when the first part ends. */
export function all(parts: Condition[]): Condition {
  return {
    ...shared(parts),
    opens: (view) => parts.every((part) => part.opens(view)),
    ends: (view) => parts.map((part) => part.ends(view)).find((cause) => cause !== null) ?? null,
  };
}

/** Opens when one part does, ends when no part holds any more. */
export function any(parts: Condition[]): Condition {
  return {
    ...shared(parts),
    opens: (view) => parts.some((part) => part.opens(view)),
    ends: (view) => {
      const causes = parts.map((part) => part.ends(view) ?? (part.opens(view) ? null : 'recovered'));
      return causes.every((cause) => cause !== null) ? (causes.at(-1) ?? null) : null;
    },
  };
}
