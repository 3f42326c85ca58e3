import type { PlanPath } from '../load/problem.js';
import type { Window } from '../model.js';
import type { WrittenWindow } from '../schema/duration.schema.js';
import type { PlanScope } from './plan-scope.js';

/** A segment whose window equals the default is left out: it says nothing. */
export function compileWindow(written: WrittenWindow, path: PlanPath, scope: PlanScope): Window {
  if (typeof written === 'number') return { default: written, bySegment: {} };
  const { default: usual, ...segments } = written;
  for (const segment of Object.keys(segments)) scope.segment(segment, [...path, segment]);
  const differing = Object.entries(segments).filter(([, duration]) => duration !== usual);
  return { default: usual, bySegment: Object.fromEntries(differing) };
}
