import type { PlanPath } from '../load/problem.js';
import type { MilestoneCondition, MilestoneDefinition } from '../model.js';
import { MILESTONE_KINDS } from '../schema/milestone.schema.js';
import type { WrittenMilestoneCondition } from '../schema/milestone.schema.js';
import { compileSelector } from './compile-selector.js';
import { compileWindow } from './compile-window.js';
import type { PlanScope } from './plan-scope.js';

const MOST_MILESTONES = 100;
export const DEEPEST = 5;

export function compileMilestones(scope: PlanScope): MilestoneDefinition[] {
  const entries = Object.entries(scope.written.milestones ?? {});
  if (entries.length > MOST_MILESTONES) {
    scope.report(['milestones'], `Found ${entries.length}; want at most ${MOST_MILESTONES}.`);
  }
  return entries.flatMap(([name, { description, reached, expectedWithin }]) => {
    const path = ['milestones', name];
    const condition = compileCondition(reached, [...path, 'reached'], scope, 1);
    const window = compileWindow(expectedWithin, [...path, 'expectedWithin'], scope);
    return condition === null ? [] : [{ name, description, condition, expectedWithin: window }];
  });
}

/** Null when the condition has a problem that leaves nothing to compile. */
function compileCondition(
  written: WrittenMilestoneCondition,
  path: PlanPath,
  scope: PlanScope,
  depth: number,
): MilestoneCondition | null {
  const kind = scope.kind(written, MILESTONE_KINDS, path);
  if (kind === null) return null;
  const at = [...path, kind];
  const within = written.within ?? null;
  switch (kind) {
    case 'count': {
      const { atLeast, ...selector } = written.count!;
      return { kind, within, select: compileSelector(selector, at, scope), atLeast };
    }
    case 'distinct':
      return { ...compileDistinct(written.distinct!, at, scope), within };
    case 'activeDays': {
      const { atLeast, withinDays: days, ...selector } = written.activeDays!;
      if (atLeast > days) {
        scope.report([...at, 'atLeast'], `${days} dates can't hold ${atLeast} active ones; want at most ${days}.`);
      }
      return { kind: 'active-days', within, select: compileSelector(selector, at, scope), atLeast, days };
    }
    default: {
      if (depth >= DEEPEST) scope.report(at, `Conditions nest more than ${DEEPEST} deep.`);
      const parts = written[kind]!.map((part, i) => compileCondition(part, [...at, i], scope, depth + 1));
      return { kind, within, parts: parts.filter((part) => part !== null) };
    }
  }
}

function compileDistinct(
  { of, atLeast, ...selector }: NonNullable<WrittenMilestoneCondition['distinct']>,
  path: PlanPath,
  scope: PlanScope,
) {
  const select = compileSelector(selector, path, scope);
  for (const type of of === 'userId' ? [] : select.types) {
    const properties = scope.written.events[type]?.properties;
    if (!properties || Object.hasOwn(properties, of)) continue;
    scope.report([...path, 'of'], `The event "${type}" has no property "${of}".`);
  }
  return { kind: 'distinct' as const, select, of, atLeast };
}
