import type { EventDefinition, Plan, PropertyDefinition } from '../model.js';
import { matchNames, named } from './match-names.js';
import { shown } from './plan-change.js';
import type { Tell } from './plan-change.js';

type Named = PropertyDefinition & { name: string };

export function diffProperties(before: EventDefinition, after: EventDefinition, plan: Plan, tell: Tell): void {
  const path = `events/${after.type}/properties`;
  const at = (name: string): string => `${path}/${name}`;
  const { added, removed, kept } = matchNames(named(before.properties), named(after.properties), ({ name }) => name);
  for (const { name, required } of added) {
    const message = required
      ? `${after.type} without ${name} is now rejected.`
      : `${after.type} may carry ${name}; one that was sent unplanned is now checked.`;
    tell('added', at(name), required, ['publishers', 'analysts'], message);
  }
  for (const { name } of removed) {
    const rejects = plan.unplannedProperties === 'reject';
    const message = rejects
      ? `${after.type} with ${name} is now rejected.`
      : `${name} of ${after.type} is still kept where it is sent, but no longer checked or promised.`;
    tell('removed', at(name), true, ['publishers', 'analysts'], message);
  }
  for (const [old, now] of kept) diffProperty(old, now, at(now.name), tell);
}

function diffProperty(before: Named, after: Named, path: string, tell: Tell): void {
  const { name } = after;
  if (before.type !== after.type) {
    const widens = before.type === 'integer' && after.type === 'number';
    const message = `${name} was ${before.type}, now is ${after.type}.`;
    tell(widens ? 'widened' : 'redefined', path, !widens, ['publishers', 'analysts'], message);
  }
  if (before.required !== after.required) {
    const message = after.required ? `${name} must now be sent.` : `${name} need not be sent any more; expect gaps.`;
    tell(after.required ? 'narrowed' : 'widened', path, after.required, ['publishers', 'analysts'], message);
  }
  const range = compareRanges(before, after);
  if (range !== null) {
    const message = `${name} was ${rangeText(before)}, now is ${rangeText(after)}.`;
    tell(range, path, range === 'narrowed', ['publishers'], message);
  }
  const values = compareAllowed(before.allowed, after.allowed);
  if (values !== null) {
    const [was, now] = [before.allowed ?? 'anything', after.allowed ?? 'anything'].map(shown);
    tell(values, path, values === 'narrowed', ['publishers', 'analysts'], `${name} allowed ${was}, now allows ${now}.`);
  }
  if (before.description !== after.description) {
    tell('reworded', path, false, ['publishers', 'analysts'], `${name}: the description changed.`);
  }
}

const low = ({ minimum }: PropertyDefinition): number => minimum ?? -Infinity;
const high = ({ maximum }: PropertyDefinition): number => maximum ?? Infinity;

/** A range that moves excludes something, so it narrows. */
function compareRanges(before: PropertyDefinition, after: PropertyDefinition): 'narrowed' | 'widened' | null {
  if (low(before) === low(after) && high(before) === high(after)) return null;
  return low(after) > low(before) || high(after) < high(before) ? 'narrowed' : 'widened';
}

function compareAllowed(before: string[] | null, after: string[] | null): 'narrowed' | 'widened' | null {
  if (after === null) return before === null ? null : 'widened';
  if (before === null || before.some((value) => !after.includes(value))) return 'narrowed';
  return after.length > before.length ? 'widened' : null;
}

const rangeText = ({ minimum, maximum }: PropertyDefinition): string =>
  `${minimum ?? 'anything'} to ${maximum ?? 'anything'}`;
