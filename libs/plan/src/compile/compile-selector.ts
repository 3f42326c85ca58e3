import type { Outcome } from '@milepost/contracts';
import type { PlanPath } from '../load/problem.js';
import type { Selector } from '../model.js';
import { CORE_ACTIONS } from '../schema/selector.schema.js';
import type { WrittenSelector } from '../schema/selector.schema.js';
import type { PlanScope } from './plan-scope.js';

/** Event types, sorted and each once, so that two ways of writing the same choice are the same plan. */
export function compileSelector(written: WrittenSelector, path: PlanPath, scope: PlanScope): Selector {
  const types = resolveTypes(written, path, scope);
  const outcome: Outcome | null = written.outcome ?? null;
  if (outcome !== null) asksOutcomeOfCoreActions(types, path, scope);
  return { types: [...new Set(types)].sort(), outcome };
}

function resolveTypes({ event, events }: WrittenSelector, path: PlanPath, scope: PlanScope): readonly string[] {
  if ((event === undefined) === (events === undefined)) {
    scope.report(path, 'Want exactly one of event and events.');
    return [];
  }
  if (event !== undefined) {
    scope.event(event, [...path, 'event']);
    return [event];
  }
  if (events !== CORE_ACTIONS) {
    events!.forEach((type, i) => scope.event(type, [...path, 'events', i]));
    return events!;
  }
  if (scope.coreActions.length === 0) scope.report([...path, 'events'], 'The plan marks no event as a coreAction.');
  return scope.coreActions;
}

/** Of other events the outcome says nothing, so a condition on it would count by accident. */
function asksOutcomeOfCoreActions(types: readonly string[], path: PlanPath, scope: PlanScope): void {
  const other = types.find((type) => scope.written.events[type]?.coreAction === false);
  if (other === undefined) return;
  scope.report([...path, 'outcome'], `Outcome matters for core actions only, and "${other}" is none.`);
}
