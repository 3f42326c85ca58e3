import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { JOURNEY_PAGE_TYPE, ONBOARDING_EVENT_TYPE } from './avro-types.js';
import { schemaFingerprint } from './schema-fingerprint.js';

const generator = new URL('../../../tools/generate-schemas.mjs', import.meta.url).href;
const { renderSchemas, target } = (await import(generator)) as { renderSchemas(): string; target: URL };

describe('1. The schemas', () => {
  it('1.1 are those of the .avsc files: run `node tools/generate-schemas.mjs` after a change', () => {
    expect(readFileSync(target, 'utf8')).toBe(renderSchemas());
  });

  // A new fingerprint is a new version: the old schema must stay among the writers, or what is in the log is lost.
  it.each([
    ['onboarding event', ONBOARDING_EVENT_TYPE, '6d7528aed54af5bd'],
    ['journey page', JOURNEY_PAGE_TYPE, 'b87504a8aa2858fe'],
  ])('1.2 of the %s is the released one', (_, type, fingerprint) => {
    expect(schemaFingerprint(type).toString('hex')).toBe(fingerprint);
  });
});
