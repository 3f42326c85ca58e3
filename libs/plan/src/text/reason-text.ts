import type { Micros } from '@milepost/contracts';
import type { ReasonDefinition, SignalCondition } from '../model.js';
import { formatDuration } from './duration.js';

/** What a reason's text may refer to; a plan that refers to anything else does not load. */
export const PLACEHOLDERS = ['window', 'milestone'] as const;

/** A reason in plain words: `window` is the one that applied to the account's segment, null when there is none. */
export function reasonText(reason: ReasonDefinition, window: Micros | null): string {
  return reason.text
    .replaceAll('{window}', window === null ? '' : formatDuration(window))
    .replaceAll('{milestone}', milestoneOf(reason.condition) ?? '');
}

/** The first milestone that a condition speaks of. */
export function milestoneOf(condition: SignalCondition): string | null {
  switch (condition.kind) {
    case 'stalled':
    case 'reached':
      return condition.milestone;
    case 'quiet':
      return condition.after;
    case 'all':
    case 'any':
      return condition.parts.map(milestoneOf).find((milestone) => milestone !== null) ?? null;
    default:
      return null;
  }
}

/** Whether a condition has a window that its reason's text can state. */
export function hasWindow(condition: SignalCondition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.parts.some(hasWindow);
  return condition.kind !== 'reached';
}
