import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';

export { complete, dataSet } from '../../testing/figures.js';

const folder = new URL('../../../reference/survival/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Figures of R (`make-reference.R`) or of Python (`make-reference.py`). */
export const reference = (language: 'r' | 'py') => read(`reference-${language}.json`);

/** Each figure within a share of the reference, or of 1 where that is smaller than 1e-3. */
export function expectNear(got: ArrayLike<number>, wanted: ArrayLike<number>, share = 1e-7): void {
  expect(got.length).toBe(wanted.length);
  const off = Array.from(wanted, (one, i) => Math.abs(got[i]! - one) / Math.max(1e-3, Math.abs(one)));
  const worst = off.findIndex((one) => !(one <= share));
  if (worst >= 0) expect(`[${worst}] ${got[worst]}`).toBe(`[${worst}] ${wanted[worst]} within ${share}`);
}
