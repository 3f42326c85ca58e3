import { canonicalJson } from '../compile/plan-version.js';
import type { Window } from '../model.js';
import { formatDuration } from '../text/duration.js';

export const sameMeaning = (before: unknown, after: unknown): boolean => canonicalJson(before) === canonicalJson(after);

/** `7 days (enterprise 21 days)` */
export function windowText({ default: usual, bySegment }: Window): string {
  const differing = Object.entries(bySegment).map(([segment, window]) => `${segment} ${formatDuration(window)}`);
  return `${formatDuration(usual)}${differing.length > 0 ? ` (${differing.sort().join(', ')})` : ''}`;
}
