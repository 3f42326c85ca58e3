import type { OnboardingEvent, Violation } from '@milepost/contracts';
import type { EventDefinition, Plan } from '../model.js';
import { companySize, requiredContext } from './context-check.js';
import { nameFound, pointerStep } from './found.js';
import { compilePropertyCheck } from './property-check.js';
import type { PropertyCheck } from './property-check.js';

const VALID: readonly Violation[] = Object.freeze([]);

/** A record may carry thousands of unknown names; its rejection need not repeat them all. */
const MOST_UNPLANNED_NAMED = 20;

interface EventCheck {
  definition: EventDefinition;
  names: string[];
  checks: PropertyCheck[];
}

/**
 * The plan as a check of single events: every violation, in the plan's order. A valid event costs no allocation; all
 * of them share one empty array.
 */
export function compileValidator(plan: Plan): (event: OnboardingEvent) => readonly Violation[] {
  const byType = new Map(Object.values(plan.events).map((one): [string, EventCheck] => [one.type, compileEvent(one)]));
  const rejectsUnplanned = plan.unplannedProperties === 'reject';
  return (event) => {
    const known = byType.get(event.type);
    if (known === undefined) return [unplannedEvent(event.type, byType.keys())];
    let found: Violation[] | null = null;
    for (let i = 0; i < known.definition.requiredContext.length; i++) {
      found = add(found, requiredContext(event.context, known.definition.requiredContext[i]!, event.type));
    }
    found = add(found, companySize(event.context));
    for (let i = 0; i < known.checks.length; i++) {
      const name = known.names[i]!;
      const value = Object.hasOwn(event.properties, name) ? event.properties[name] : undefined;
      found = add(found, known.checks[i]!(value));
    }
    if (rejectsUnplanned && countOf(known.definition, event) > 0) found = addUnplanned(found, known.definition, event);
    return found ?? VALID;
  };
}

/** How many properties of an event its plan does not know; 0 for an event that is unknown itself. */
export function compileUnplannedCounter(plan: Plan): (event: OnboardingEvent) => number {
  const byType = new Map(Object.values(plan.events).map((one): [string, EventDefinition] => [one.type, one]));
  return (event) => {
    const definition = byType.get(event.type);
    return definition === undefined ? 0 : countOf(definition, event);
  };
}

function compileEvent(definition: EventDefinition): EventCheck {
  const entries = Object.entries(definition.properties);
  return {
    definition,
    names: entries.map(([name]) => name),
    checks: entries.map(([name, property]) => compilePropertyCheck(name, property)),
  };
}

function countOf({ properties }: EventDefinition, event: OnboardingEvent): number {
  let count = 0;
  for (const name in event.properties) if (!Object.hasOwn(properties, name)) count++;
  return count;
}

function add(found: Violation[] | null, violation: Violation | null): Violation[] | null {
  if (violation === null) return found;
  if (found === null) return [violation];
  found.push(violation);
  return found;
}

function unplannedEvent(type: string, known: Iterable<string>): Violation {
  const message = `type: found ${nameFound(type, known)}; want an event of the tracking plan.`;
  return { code: 'Unplanned-Event', field: '/type', message };
}

function addUnplanned(found: Violation[] | null, { properties }: EventDefinition, event: OnboardingEvent): Violation[] {
  const unplanned = Object.keys(event.properties).filter((name) => !Object.hasOwn(properties, name));
  const violations = unplanned.slice(0, MOST_UNPLANNED_NAMED).map((name): Violation => {
    const short = name.length <= 64 ? name : `${name.slice(0, 64)}…`;
    const message = `${short}: found a property outside of the plan; want only those that ${event.type} has there.`;
    return { code: 'Additional-Properties', field: `/data/properties/${pointerStep(short)}`, message };
  });
  return [...(found ?? []), ...violations];
}
