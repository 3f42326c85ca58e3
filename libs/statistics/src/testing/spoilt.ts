/** Where a value stands in the arguments, and the arguments with another in its place. */
export interface Spoilt {
  readonly what: string;
  readonly args: readonly unknown[];
}

const WRONG_NUMBERS = [NaN, Infinity, -Infinity, -1, 0, 1e308, 5e-324, undefined, null, 'a'];

/** Puts a value at a path, copying what leads there. */
function put(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(target) ? [...(target as unknown[])] : { ...(target as Record<string, unknown>) };
  (copy as Record<string | number, unknown>)[key] = put((target as Record<string | number, unknown>)[key], rest, value);
  return copy;
}

function isColumn(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
}

/** Paths of all columns and single values. */
function paths(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || value === undefined) return [];
  if (isColumn(value) || typeof value !== 'object') return [at];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, Array.isArray(value) ? Number(key) : key])); // prettier-ignore
}

/** The arguments spoilt at one place at a time: every column empty, short, long, with a wrong value; every single value wrong. */
export function spoiltArguments(args: readonly unknown[]): Spoilt[] {
  return paths(args).flatMap((path) => {
    const value = path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], args);
    const name = path.join('.');
    const by = (what: string, wrong: unknown): Spoilt => ({ what: `${name}: ${what}`, args: put(args, path, wrong) as unknown[] }); // prettier-ignore
    if (!isColumn(value)) {
      if (typeof value === 'string') return [by('another word', 'another')];
      return [...WRONG_NUMBERS.filter((one) => one !== undefined), 1.5].map((wrong) => by(String(wrong), wrong));
    }
    const last = value.length - 1;
    return [
      ...(path.length > 0 ? [by('missing', undefined)] : []),
      by('empty', []),
      by('one short', value.slice(1)),
      by('one more', [...value, value[0]]),
      ...WRONG_NUMBERS.flatMap((wrong) => [
        by(`${String(wrong)} last`, [...value.slice(0, last), wrong]),
        by(`${String(wrong)} throughout`, value.map(() => wrong)), // prettier-ignore
      ]),
    ];
  });
}

/** Path of the first NaN (or undefined) in an answer, or null. */
export function firstNaN(answer: unknown, at = 'answer'): string | null {
  if (typeof answer === 'number') return Number.isNaN(answer) ? at : null;
  if (answer === undefined) return at;
  if (answer === null || typeof answer !== 'object') return null;
  const entries = ArrayBuffer.isView(answer) ? Array.from(answer as Float64Array).entries() : Object.entries(answer);
  for (const [key, value] of entries) {
    const found = firstNaN(value, `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
