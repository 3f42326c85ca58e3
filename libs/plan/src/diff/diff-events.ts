import { canonicalJson } from '../compile/plan-version.js';
import type { EventDefinition, Plan } from '../model.js';
import { diffProperties } from './diff-properties.js';
import { matchNames } from './match-names.js';
import { shown } from './plan-change.js';
import type { Tell } from './plan-change.js';

export function diffEvents(before: Plan, after: Plan, tell: Tell): void {
  const matched = matchNames(Object.values(before.events), Object.values(after.events), ({ type }) => type);
  for (const { type } of matched.added) {
    tell('added', `events/${type}`, false, ['publishers', 'analysts'], `${type} may now be sent.`);
  }
  for (const { type } of matched.removed) {
    tell('removed', `events/${type}`, true, ['publishers', 'analysts'], `${type} is now rejected.`);
  }
  for (const [old, now] of matched.kept) {
    diffEvent(old, now, tell);
    diffProperties(old, now, after, tell);
  }
}

function diffEvent(before: EventDefinition, after: EventDefinition, tell: Tell): void {
  const { type } = after;
  const path = `events/${type}`;
  for (const field of after.requiredContext.filter((one) => !before.requiredContext.includes(one))) {
    const message = `${type} without ${field} in its context is now rejected.`;
    tell('narrowed', `${path}/requiredContext`, true, ['publishers'], message);
  }
  for (const field of before.requiredContext.filter((one) => !after.requiredContext.includes(one))) {
    const message = `${type} need not carry ${field} in its context any more; expect gaps.`;
    tell('widened', `${path}/requiredContext`, false, ['publishers', 'analysts'], message);
  }
  if (before.coreAction !== after.coreAction) {
    const message = `${type} ${after.coreAction ? 'now counts' : 'no longer counts'} as a core action.`;
    tell('redefined', `${path}/coreAction`, true, ['customer success', 'analysts'], message);
  }
  if (canonicalJson([...before.productLines].sort()) !== canonicalJson([...after.productLines].sort())) {
    const message = `${type} was of ${shown(before.productLines)}, now is of ${shown(after.productLines)}.`;
    tell('reworded', `${path}/productLines`, false, ['publishers', 'analysts'], message);
  }
  for (const field of ['owner', 'steward'] as const) {
    if (before[field] === after[field]) continue;
    const message = `The ${field} of ${type} was ${before[field]}, now is ${after[field]}.`;
    tell('reworded', `${path}/${field}`, false, ['publishers'], message);
  }
  if (before.description !== after.description) {
    const message = `${type}: the description changed.`;
    tell('reworded', `${path}/description`, false, ['publishers', 'analysts'], message);
  }
}
