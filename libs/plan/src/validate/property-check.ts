import type { PropertyValue, Violation } from '@milepost/contracts';
import type { PropertyDefinition } from '../model.js';
import { nameFound, pointerStep, typeFound } from './found.js';

/** One planned property of one event type: what is wrong with its value, null when nothing is. */
export type PropertyCheck = (value: PropertyValue | undefined) => Violation | null;

export function compilePropertyCheck(name: string, property: PropertyDefinition): PropertyCheck {
  const field = `/data/properties/${pointerStep(name)}`;
  const want = wanted(property);
  const isOfType = TYPES[property.type];
  const { required, allowed } = property;
  // A number where text belongs may be someone's telephone number: only its type is told.
  const isNumeric = property.type === 'integer' || property.type === 'number';
  const minimum = property.minimum ?? -Infinity;
  const maximum = property.maximum ?? Infinity;
  const violation = (code: Violation['code'], found: string): Violation => ({
    code,
    field,
    message: `${name}: found ${found}; want ${want}.`,
  });
  return (value) => {
    if (value === undefined || value === null) {
      return required ? violation('Required-Missing', value === null ? 'null' : 'nothing') : null;
    }
    if (!isOfType(value)) {
      return violation('Datatype-Mismatch', isNumeric && typeof value === 'number' ? String(value) : typeFound(value));
    }
    if (typeof value === 'number' && (value < minimum || value > maximum)) {
      return violation('Value-Not-Allowed', String(value));
    }
    if (allowed !== null && !allowed.includes(value as string)) {
      return violation('Value-Not-Allowed', nameFound(value as string, allowed));
    }
    return null;
  };
}

/** A string is never read as a number, and an integer must be one that JavaScript holds exactly. */
const TYPES: Record<PropertyDefinition['type'], (value: PropertyValue) => boolean> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
};

function wanted({ type, minimum, maximum, allowed }: PropertyDefinition): string {
  if (allowed !== null) return `one of ${allowed.join(', ')}`;
  const noun = type === 'integer' ? 'an integer' : `a ${type}`;
  if (minimum !== null && maximum !== null) return `${noun} from ${minimum} to ${maximum}`;
  if (minimum !== null) return `${noun} of at least ${minimum}`;
  return maximum === null ? noun : `${noun} of at most ${maximum}`;
}
