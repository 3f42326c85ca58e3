import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from './sha256.js';

describe('1. SHA-256', () => {
  // FIPS 180-4's own examples: one block, and two.
  it.each([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('1.1 of %s is the one in the standard', (text, hash) => expect(sha256(text)).toBe(hash));

  it('1.2 of any text is that of node:crypto', () => {
    const theirs = (text: string): string => createHash('sha256').update(text).digest('hex');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(theirs(text));
      }),
    );
    for (let length = 0; length < 200; length++) expect(sha256('x'.repeat(length))).toBe(theirs('x'.repeat(length)));
  });
});
