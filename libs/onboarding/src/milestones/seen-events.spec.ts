import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeenEvents } from './seen-events.js';

type Entry = [identity: number, content: number, receivedAt: number];
function seenOf(...entries: Entry[]): SeenEvents {
  const seen = new SeenEvents();
  for (const entry of entries) seen.add(...entry);
  return seen;
}
const known = (seen: SeenEvents, ...identities: number[]) => identities.filter((one) => seen.judge(one, 0) !== 'new');

describe('1. An identity', () => {
  const seen = seenOf([1, 10, 100]);

  it('1.1 that was not seen is new', () => expect(seen.judge(2, 10)).toBe('new'));
  it('1.2 with the same content is a duplicate', () => expect(seen.judge(1, 10)).toBe('duplicate'));
  it('1.3 with other content is a conflict', () => expect(seen.judge(1, 11)).toBe('conflict'));
});

describe('2. The window', () => {
  it('2.1 keeps what was received at its edge and forgets what was before', () => {
    const seen = seenOf([1, 0, 99], [2, 0, 100], [3, 0, 101]);
    seen.forgetBefore(100);
    expect(known(seen, 1, 2, 3)).toEqual([2, 3]);
    expect(seen.size).toBe(2);
  });

  it('2.2 holds a record with an older time for as long as the one that was read before it', () => {
    const seen = seenOf([1, 0, 100], [2, 0, 50]);
    seen.forgetBefore(100);
    expect(known(seen, 1, 2)).toEqual([1, 2]);
    seen.forgetBefore(101);
    expect(known(seen, 1, 2)).toEqual([]);
  });

  it('2.3 holds 20,000 identities, then forgets the oldest', () => {
    const seen = new SeenEvents();
    for (let i = 0; i < 20_002; i++) seen.add(i, 0, 100);
    expect(seen.size).toBe(20_000);
    expect(known(seen, 0, 1, 2, 20_001)).toEqual([2, 20_001]);
  });
});

describe('3. Its bytes', () => {
  const entry = fc.tuple(fc.nat(2 ** 53 - 1), fc.nat(2 ** 32 - 1), fc.nat(2 ** 53 - 1));
  const entries = fc.uniqueArray(entry, { selector: ([identity]) => identity, maxLength: 20 });

  it('3.1 are 20 for each identity, and hold all of it, in order', () => {
    fc.assert(
      fc.property(entries, fc.nat(2 ** 53 - 1), (list, cutoff) => {
        const seen = seenOf(...(list as Entry[]));
        const bytes = seen.toBytes();
        const read = SeenEvents.fromBytes(bytes);
        expect(bytes.length).toBe(20 * list.length);
        expect(read.toBytes().equals(bytes)).toBe(true);
        for (const [identity, content] of list) expect(read.judge(identity, content)).toBe('duplicate');
        seen.forgetBefore(cutoff);
        read.forgetBefore(cutoff);
        expect(read.toBytes().equals(seen.toBytes())).toBe(true);
      }),
    );
  });
});
