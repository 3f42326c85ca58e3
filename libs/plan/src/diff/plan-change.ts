export const CHANGE_KINDS = ['added', 'removed', 'narrowed', 'widened', 'redefined', 'tuned', 'reworded'] as const;
/**
 * `narrowed`: takes less than before; `widened`: takes more. `redefined`: a name means something else, so numbers from
 * before and after can't be compared. `tuned`: means the same, at another time or threshold. `reworded`: for people only.
 */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const AUDIENCES = ['publishers', 'customer success', 'analysts'] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface PlanChange {
  kind: ChangeKind;
  /** As in `Problem`: `events/workflow.run/properties/durationMs`. */
  path: string;
  /**
   * Someone who did right before, and changes nothing, is wrong afterwards: an event that was accepted is rejected, a
   * name that is relied on is gone, or it means something else.
   */
  breaking: boolean;
  concerns: Audience[];
  /** What changed and what it means for those whom it concerns, in plain words. */
  message: string;
}

export type Tell = (kind: ChangeKind, path: string, breaking: boolean, concerns: Audience[], message: string) => void;

/** A value in a sentence. */
export const shown = (value: unknown): string =>
  value === null ? 'none' : Array.isArray(value) ? value.join(', ') || 'none' : String(value);
