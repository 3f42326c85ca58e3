import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { migrations, query } from './sql-files.js';

const statements = migrations().flatMap(({ statements }) => statements);

describe('1. Migrations', () => {
  it('1.1 are numbered without a gap, so that their order is that of their names', () => {
    const numbers = migrations().map(({ name }) => Number(/^(\d{3})-[a-z-]+\.sql$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('1.2 may run twice, each statement of them: two processes may migrate at once', () => {
    // What fills a derived table may: account-facts.int.spec.ts shows that the same again changes nothing.
    const derived = /^INSERT INTO milepost\.(account_states|moments|active_days)\n/;
    for (const statement of statements) {
      if (!derived.test(statement)) expect(statement).toMatch(/\bIF (NOT )?EXISTS\b/);
    }
  });

  it('1.3 come as single statements, without comments', () => {
    for (const statement of statements) expect(statement).not.toMatch(/;|^--/m);
  });
});

describe('2. Queries', () => {
  const names = readdirSync(new URL('../queries/', import.meta.url)).map((file) => file.replace(/\.sql$/, ''));

  // What stands within others may be an expression of columns alone.
  const isExpression = (name: string): boolean => !/\b(SELECT|INSERT|ALTER|DROP|DELETE)\b/.test(query(name));

  it.each(names.filter((name) => !isExpression(name)))('%s speaks of milepost, by its full name', (name) => {
    expect(query(name)).toMatch(/\b(FROM|TABLE|INTO) milepost\.[a-z_]+\b|\bdatabase = 'milepost'/);
  });

  it('that stand for others hold their whole text, and nothing is left to be put in', () => {
    expect(query('survival-times')).toContain('FROM milepost.account_rows');
    for (const name of names) expect(query(name)).not.toMatch(/\{\{|\}\}/);
  });

  it.each(names.filter(isExpression))('%s is part of another', (name) => {
    const files = names.map((one) => readFileSync(new URL(`../queries/${one}.sql`, import.meta.url), 'utf8'));
    expect(files.some((text) => text.includes(`{{${name}}}`))).toBe(true);
  });

  it('of another name is no query', () => {
    expect(() => query('no-such-query')).toThrow('no-such-query.sql');
  });
});
