import { describe, expect, it } from '@jest/globals';
import { controlSequence, decodeControl, encodeControl } from './control.js';
import type { ControlRecord } from './control.js';

const ERASE: ControlRecord = {
  kind: 'erase',
  id: '5f0c',
  account: 'acct_42',
  reason: 'Request 17',
  by: 'privacy-desk',
  at: '2026-01-05T10:00:00.000000Z',
};

describe('1. A control record', () => {
  it('1.1 comes back as it was written', () => expect(decodeControl(encodeControl(ERASE))).toEqual({ record: ERASE }));

  it.each([
    ['nothing', null],
    ['no JSON', Buffer.from('{')],
    ['null', Buffer.from('null')],
    ['no kind', Buffer.from('{}')],
    ['an erasure of nobody', Buffer.from(JSON.stringify({ ...ERASE, account: '' }))],
    ['an erasure by nobody', Buffer.from(JSON.stringify({ ...ERASE, by: undefined }))],
    ['an erasure at no time', Buffer.from(JSON.stringify({ ...ERASE, at: 'yesterday' }))],
  ])('1.2 is not read from %s', (_, value) => expect(decodeControl(value)).toEqual({ fault: 'malformed' }));

  it('1.3 of a kind of a later version is not taken for nothing', () =>
    expect(decodeControl(Buffer.from(JSON.stringify({ ...ERASE, kind: 'paint' })))).toEqual({ fault: 'unknown' }));
});

describe('2. The sequence number in a marker', () => {
  it('2.1 is a whole number', () => expect(controlSequence('17')).toBe(17));
  it.each(['', '-1', '1.5', '1e3', 'x', '9'.repeat(16)])('2.2 is not %p', (header) =>
    expect(controlSequence(header)).toBeNull(),
  );
});
