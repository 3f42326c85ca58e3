import { describe, expect, it } from '@jest/globals';
import { AvroWriter, SECOND } from '@milepost/contracts';
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
    const seen = seenOf([1, 0, 99 * SECOND], [2, 0, 100 * SECOND], [3, 0, 101 * SECOND]);
    seen.forgetBefore(101 * SECOND - 1);
    expect(known(seen, 1, 2, 3)).toEqual([2, 3]);
    expect(seen.size).toBe(2);
  });

  it('2.2 holds a record with an older time for as long as the one that was read before it', () => {
    const seen = seenOf([1, 0, 100 * SECOND], [2, 0, 50 * SECOND]);
    seen.forgetBefore(100 * SECOND);
    expect(known(seen, 1, 2)).toEqual([1, 2]);
    seen.forgetBefore(101 * SECOND);
    expect(known(seen, 1, 2)).toEqual([]);
  });

  it('2.3 holds 20,000 identities, then forgets the oldest', () => {
    const seen = new SeenEvents();
    for (let i = 0; i < 20_002; i++) seen.add(i, 0, 100);
    expect(seen.size).toBe(20_000);
    expect(known(seen, 0, 1, 2, 20_001)).toEqual([2, 20_001]);
  });

  it('2.4 tells the same however many it holds, forgets and takes in', () => {
    const chance = fc.record({ identity: fc.nat(700), content: fc.nat(1), forget: fc.boolean() });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 300, maxLength: 1_500 }), (steps) => {
        const seen = new SeenEvents();
        const plain = new Map<number, { content: number; receivedAt: number }>();
        steps.forEach(({ identity, content, forget }, i) => {
          const known = plain.get(identity);
          const wanted = known ? (known.content === content ? 'duplicate' : 'conflict') : 'new';
          expect(seen.judge(identity, content)).toBe(wanted);
          if (known) return;
          seen.add(identity, content, i * SECOND);
          plain.set(identity, { content, receivedAt: i * SECOND });
          if (!forget) return;
          seen.forgetBefore((i - 400) * SECOND);
          for (const [one, { receivedAt }] of plain) if (receivedAt < (i - 400) * SECOND) plain.delete(one);
        });
      }),
      { numRuns: 20 },
    );
  });
});

describe('3. Its bytes', () => {
  const entry = fc.tuple(fc.nat(2 ** 48 - 1), fc.nat(2 ** 16 - 1), fc.nat(2 ** 52));
  const entries = fc.uniqueArray(entry, { selector: ([identity]) => identity, maxLength: 40 });
  const stored = (seen: SeenEvents) => ({ ...seen.toStored(), bytes: seen.toStored().bytes.toString('hex') });

  it('3.1 hold all of it, in order, whatever was forgotten before and is taken in after', () => {
    fc.assert(
      fc.property(entries, entries, fc.nat(2 ** 52), fc.nat(2 ** 52), (list, later, early, late) => {
        const seen = seenOf(...(list as Entry[]));
        seen.forgetBefore(early);
        const read = new SeenEvents(seen.toStored());
        expect(stored(read)).toEqual(stored(seen));
        for (const one of later) {
          if (seen.judge(one[0], one[1]) !== 'new') continue;
          seen.add(...(one as Entry));
          read.add(...(one as Entry));
        }
        seen.forgetBefore(late);
        read.forgetBefore(late);
        expect(stored(read)).toEqual(stored(seen));
        for (const [identity, content] of list)
          expect(read.judge(identity, content)).toBe(seen.judge(identity, content));
      }),
    );
  });

  it('3.2 are eight for an identity, and what its receipt adds to the one before', () => {
    const seen = seenOf([1, 2, 0], [2, 2, 100 * SECOND], [3, 2, 100 * SECOND], [4, 2, 60_000 * SECOND]);
    expect(seen.toStored()).toMatchObject({ count: 4, oldest: 0 });
    expect(seen.toStored().bytes.length).toBe(4 * 8 + 1 + 1 + 3);
  });

  it('3.3 are written as they are stored', () => {
    const seen = seenOf([1, 2, 50 * SECOND], [2 ** 48 - 1, 2 ** 16 - 1, 400 * SECOND]);
    const writer = new AvroWriter();
    seen.write(writer);
    const { count, oldest, bytes } = seen.toStored();
    for (const value of [count, oldest]) writer.long(value);
    writer.bytes(bytes);
    const both = writer.take();
    expect(both.subarray(0, both.length / 2).equals(both.subarray(both.length / 2))).toBe(true);
  });
});
