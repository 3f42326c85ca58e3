import type { OnboardingEvent, Violation } from '@milepost/contracts';
import type { EventDefinition, Plan, PropertyDefinition } from './model.js';

const VALID: readonly Violation[] = Object.freeze([]);

type PropertyCheck = (value: unknown) => Violation | null;

interface EventCheck {
  definition: EventDefinition;
  properties: readonly [string, PropertyCheck][];
}

/** A plan as a fast check of events: nothing is allocated for a valid one. */
export function compileValidator(plan: Plan): (event: OnboardingEvent) => readonly Violation[] {
  const checks = new Map(
    Object.values(plan.events).map((definition): [string, EventCheck] => [
      definition.type,
      { definition, properties: Object.entries(definition.properties).map(([name, one]) => [name, check(name, one)]) },
    ]),
  );
  return (event) => {
    const known = checks.get(event.type);
    if (!known) {
      return [{ code: 'Unplanned-Event', field: '/type', message: 'The tracking plan has no event of this type.' }];
    }
    let violations: Violation[] | null = null;
    for (const [name, test] of known.properties) {
      const violation = test(event.properties[name]);
      if (violation) (violations ??= []).push(violation);
    }
    for (const field of known.definition.requiredContext) {
      if (event.context === null || event.context[field] === null) {
        const message = `${field} is missing; ${event.type} needs it in its context.`;
        (violations ??= []).push({ code: 'Required-Missing', field: `/data/context/${field}`, message });
      }
    }
    if ((event.context?.companySize ?? 0) < 0) {
      const message = `Found ${event.context!.companySize}; want at least 0.`;
      (violations ??= []).push({ code: 'Value-Not-Allowed', field: '/data/context/companySize', message });
    }
    if (plan.unplannedProperties === 'reject') {
      for (const name of unplannedProperties(known.definition, event)) {
        const message = 'The tracking plan has no such property.';
        (violations ??= []).push({ code: 'Additional-Properties', field: `/data/properties/${name}`, message });
      }
    }
    return violations ?? VALID;
  };
}

function unplannedProperties(definition: EventDefinition, event: OnboardingEvent): string[] {
  return Object.keys(event.properties).filter((name) => !Object.hasOwn(definition.properties, name));
}

function check(name: string, definition: PropertyDefinition): PropertyCheck {
  const field = `/data/properties/${name}`;
  const { type, required, minimum, maximum, allowed } = definition;
  return (value) => {
    if (value === undefined || value === null) {
      return required
        ? { code: 'Required-Missing', field, message: `${name} is missing; want ${article(type)}.` }
        : null;
    }
    if (!isOfType(value, type)) {
      return { code: 'Datatype-Mismatch', field, message: `Found ${describe(value)}; want ${article(type)}.` };
    }
    if (allowed !== null && !allowed.includes(value as string)) {
      return { code: 'Value-Not-Allowed', field, message: `Want one of ${allowed.join(', ')}.` };
    }
    if ((minimum !== null && (value as number) < minimum) || (maximum !== null && (value as number) > maximum)) {
      const range = [minimum === null ? '' : `at least ${minimum}`, maximum === null ? '' : `at most ${maximum}`];
      const message = `Found ${String(value)}; want ${range.filter(Boolean).join(' and ')}.`;
      return { code: 'Value-Not-Allowed', field, message };
    }
    return null;
  };
}

function isOfType(value: unknown, type: PropertyDefinition['type']): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === type;
}

const article = (type: string): string => (type === 'integer' ? 'an integer' : `a ${type}`);

const describe = (value: unknown): string => {
  if (typeof value === 'number') return 'a number with a fraction, or too large';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return article(typeof value);
};
