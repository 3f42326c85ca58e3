import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { migrations, query } from './sql-files.js';

const statements = migrations().flatMap(({ statements }) => statements);

describe('1. Migrations', () => {
  it('1.1 are numbered without a gap, so that their order is that of their names', () => {
    const numbers = migrations().map(({ name }) => Number(/^(\d{3})-[a-z-]+\.sql$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('1.2 may run twice, each statement of them: two processes may migrate at once', () => {
    for (const statement of statements) expect(statement).toMatch(/\bIF (NOT )?EXISTS\b/);
  });

  it('1.3 come as single statements, without comments', () => {
    for (const statement of statements) expect(statement).not.toMatch(/;|^--/m);
  });
});

describe('2. Queries', () => {
  const names = readdirSync(new URL('../queries/', import.meta.url)).map((file) => file.replace(/\.sql$/, ''));

  it.each(names)('%s reads from milepost, by its full name', (name) => {
    expect(query(name)).toMatch(/^ *FROM milepost\.[a-z_]+( FINAL)?$/m);
  });

  it('of another name is no query', () => {
    expect(() => query('no-such-query')).toThrow('no-such-query.sql');
  });
});
