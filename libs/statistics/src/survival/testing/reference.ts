import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';

const folder = new URL('../../../reference/survival/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

type Columns = Record<string, number[]>;

/** A public data set by column, as `make-data.py` wrote it; null where a value is missing. */
export const dataSet = (name: 'lung' | 'rossi' | 'heart' | 'waltons'): Columns => read(`data-${name}.json`).columns;

/** Figures of R (`make-reference.R`) or of Python (`make-reference.py`). */
export const reference = (language: 'r' | 'py') => read(`reference-${language}.json`);

/** The rows of which all the columns are known. */
export function complete(columns: Columns, names: readonly string[]): Columns {
  const kept = columns[names[0]!]!.map((_, i) => i).filter((i) => names.every((name) => columns[name]![i] !== null));
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, kept.map((i) => column[i]!)]));
}

/** Each figure within a share of the reference, or of 1 where that is smaller than 1e-3. */
export function expectNear(got: ArrayLike<number>, wanted: ArrayLike<number>, share = 1e-7): void {
  expect(got.length).toBe(wanted.length);
  const off = Array.from(wanted, (one, i) => Math.abs(got[i]! - one) / Math.max(1e-3, Math.abs(one)));
  const worst = off.findIndex((one) => !(one <= share));
  if (worst >= 0) expect(`[${worst}] ${got[worst]}`).toBe(`[${worst}] ${wanted[worst]} within ${share}`);
}
