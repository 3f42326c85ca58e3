import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DueIndex } from './due-index.js';

/** Everything due at or before `at`, in the order in which it is taken out. */
function drain(index: DueIndex, at: number): string[] {
  const taken: string[] = [];
  for (let account = index.take(at); account !== undefined; account = index.take(at)) taken.push(account);
  return taken;
}
function indexOf(entries: [account: string, due: number][]): DueIndex {
  const index = new DueIndex();
  for (const [account, due] of entries) index.set(account, due);
  return index;
}

describe('1. Accounts come out', () => {
  it('1.1 by instant, then by account, up to and with the given one', () => {
    const index = indexOf([['d', 5], ['b', 3], ['c', 3], ['a', 3], ['e', 6]]); // prettier-ignore
    expect(drain(index, 5)).toEqual(['a', 'b', 'c', 'd']);
    expect(index.size).toBe(1);
  });

  it('1.2 once', () => {
    const index = indexOf([['a', 3], ['a', 3], ['a', 2]]); // prettier-ignore
    expect(drain(index, 9)).toEqual(['a']);
  });

  it('1.3 not by being looked at', () => {
    const index = indexOf([['a', 3], ['b', 4]]); // prettier-ignore
    expect(index.peek(3)).toEqual(['a']);
    expect([index.anyDue(2), index.anyDue(3)]).toEqual([false, true]);
    expect(index.size).toBe(2);
  });
});

describe('2. A proposal', () => {
  it('2.1 of a first or an earlier instant must be stored', () => {
    const index = new DueIndex();
    expect(index.propose('a', 5)).toBe(true);
    expect(index.propose('a', 3)).toBe(true);
    expect(drain(index, 3)).toEqual(['a']);
    expect(drain(index, 9)).toEqual([]);
  });

  it('2.2 of the same, a later or no instant costs no write: the account is looked at once in vain', () => {
    const index = indexOf([['a', 5]]);
    expect([index.propose('a', 5), index.propose('a', 9), index.propose('a', null)]).toEqual([false, false, false]);
    expect(drain(index, 5)).toEqual(['a']);
  });

  it('2.3 of none leaves an unknown account unknown', () => {
    const index = new DueIndex();
    expect(index.propose('a', null)).toBe(false);
    expect([index.size, index.anyDue(Infinity)]).toEqual([0, false]);
  });
});

describe('3. After any calls', () => {
  const account = fc.constantFrom('a', 'b', 'c');
  const instant = fc.nat(9);
  const call = fc.oneof(
    fc.record({ kind: fc.constant('propose' as const), account, at: instant }),
    fc.record({ kind: fc.constant('set' as const), account, at: instant }),
    fc.record({ kind: fc.constant('take' as const), account, at: instant }),
  );

  it('it answers as a sorted list would', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        const index = new DueIndex();
        const list = new Map<string, number>();
        const due = (at: number) =>
          [...list].filter(([, known]) => known <= at).sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
        for (const { kind, account: name, at } of calls) {
          if (kind === 'take') {
            const [head] = due(at);
            expect(index.anyDue(at)).toBe(head !== undefined);
            expect(index.take(at)).toBe(head?.[0]);
            if (head) list.delete(head[0]);
          } else if (kind === 'set') {
            index.set(name, at);
            list.set(name, at);
          } else {
            const isEarlier = at < (list.get(name) ?? Infinity);
            expect(index.propose(name, at)).toBe(isEarlier);
            if (isEarlier) list.set(name, at);
          }
          expect(index.peek(at).sort()).toEqual(due(at).map(([known]) => known).sort()); // prettier-ignore
        }
        expect(drain(index, 9)).toEqual(due(9).map(([known]) => known));
      }),
      { numRuns: 200 },
    );
  });
});
