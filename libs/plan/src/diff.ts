import type { Plan } from './model.js';

/** One difference between two plans, and whom it concerns. */
export interface PlanChange {
  path: string;
  change: 'added' | 'removed' | 'changed';
  /** True when something that worked before may stop working. */
  breaking: boolean;
  concerns: 'publishers' | 'customer success' | 'analysts';
  message: string;
}

type Part = 'events' | 'milestones' | 'signals' | 'segments';
const CONCERNS: Record<Part, PlanChange['concerns']> = {
  events: 'publishers',
  milestones: 'analysts',
  signals: 'customer success',
  segments: 'analysts',
};

/** What changes for whom when one plan follows another. */
export function diffPlans(before: Plan, after: Plan): PlanChange[] {
  const byName = (list: readonly { name: string }[]) => Object.fromEntries(list.map((one) => [one.name, one]));
  return [
    ...compare('events', before.events, after.events),
    ...compare('milestones', byName(before.milestones), byName(after.milestones)),
    ...compare('signals', byName(before.signals), byName(after.signals)),
    ...compare('segments', byName(before.segments), byName(after.segments)),
  ];
}

function compare(part: Part, before: Record<string, unknown>, after: Record<string, unknown>): PlanChange[] {
  const changes: PlanChange[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    const breaking = part === 'events' ? breaksPublishers(old, now) : change !== 'added';
    const message = `${part.slice(0, -1)} ${name} was ${change}${breaking ? '; what relied on it may stop working' : ''}.`;
    changes.push({ path: `${part}.${name}`, change, breaking, concerns: CONCERNS[part], message });
  }
  return changes;
}

interface EventLike {
  properties: Record<string, { type: string; required: boolean; allowed: string[] | null }>;
  requiredContext: string[];
}

/** A publisher breaks when what it sends today would be rejected tomorrow. */
function breaksPublishers(old: unknown, now: unknown): boolean {
  if (old === undefined) return false;
  if (now === undefined) return true;
  const [before, after] = [old as EventLike, now as EventLike];
  if (after.requiredContext.some((field) => !before.requiredContext.includes(field))) return true;
  return Object.entries(after.properties).some(([name, property]) => {
    const known = before.properties[name];
    if (!known) return property.required;
    const narrowed =
      property.allowed !== null && (known.allowed ?? [null]).some((one) => !property.allowed!.includes(one as string));
    return known.type !== property.type || (property.required && !known.required) || narrowed;
  });
}
