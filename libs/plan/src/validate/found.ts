import { nearestName } from '../text/nearest-name.js';

/** What a value is, in words that never hold its content: a rejected record may be read by more people than may know it. */
export function typeFound(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

/**
 * A text that should have been one of a few: shown as the one that it almost is, because that much is no secret;
 * otherwise by its length alone.
 */
export function nameFound(value: string, known: Iterable<string>): string {
  const meant = nearestName(value, known);
  return meant === null
    ? `a string of ${value.length} characters`
    : `a string of ${value.length} characters, near "${meant}"`;
}

/** A name as one step of a JSON Pointer. */
export const pointerStep = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
