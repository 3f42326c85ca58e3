import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { figuresTable, PUBLISHED_FIGURES } from './testing/published-figures.js';

const figures = PUBLISHED_FIGURES.map((one) => ({ ...one, said: one.reference.join(' ') }));

/** Every figure stands to the digits that the reference gives, and its name says which they are. */
describe('1. Published figures', () => {
  it.each(figures)('1.1 $of, $name: $said', ({ reference, got }) => {
    expect(got()).toEqual(reference);
  });

  it('1.2 stand beside what the library says in docs/published-figures.md; else npm run docs:figures', () => {
    const page = readFileSync(new URL('../../../docs/published-figures.md', import.meta.url), 'utf8');
    expect(page.split('<!-- figures -->')[1]?.trim()).toBe(figuresTable());
  });
});
