import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { planJsonSchema } from './plan-file.schema.js';

const FOLDER = new URL('../../../../plan/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

describe('plan/schema.json', () => {
  it('is what the schema says; the README tells how to write it anew', () => {
    expect(JSON.parse(read('schema.json'))).toEqual(planJsonSchema());
  });

  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))('is named by %s', (name) => {
    expect(read(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./schema.json');
  });
});
