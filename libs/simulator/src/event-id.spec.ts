import { describe, expect, it } from '@jest/globals';
import { EventIds } from './event-id.js';

const AT = 1_767_607_200_123_456;

describe('EventIds', () => {
  it('writes 26 characters of which the first ten are the time, as in a ULID', () => {
    const id = new EventIds(1, 'acct_42').of(AT, 0);
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const time = [...id.slice(0, 10)].reduce((n, c) => n * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(c), 0);
    expect(time).toBe(Math.floor(AT / 1000));
  });

  it('differs by seed, account, number and time', () => {
    const one = new EventIds(1, 'acct_42');
    const ids = [
      one.of(AT, 0),
      one.of(AT, 1),
      one.of(AT + 1000, 0),
      new EventIds(2, 'acct_42').of(AT, 0),
      new EventIds(1, 'acct_43').of(AT, 0),
      new EventIds(1, 'demo_42').of(AT, 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(new EventIds(1, 'acct_42').of(AT, 0)).toBe(ids[0]);
  });
});
