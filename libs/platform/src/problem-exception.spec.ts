import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '@milepost/contracts/http';

/** What libraries and services say, without what tests say and without the list itself. */
const sources = ['libs', 'apps'].flatMap((kind) =>
  readdirSync(kind).flatMap((name) => {
    const folder = join(kind, name, 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('http/problem.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  }),
);

describe('1. The closed list of refusals', () => {
  it.each(Object.keys(PROBLEMS))('1.1 holds none that nobody gives: %s', (name) => {
    expect(sources.some((text) => text.includes(`'${name}'`))).toBe(true);
  });
});
