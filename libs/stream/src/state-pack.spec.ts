import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StatePack, unpackStates } from './state-pack.js';

type Entry = [account: string, state: string];
const packed = (entries: readonly Entry[], pack = new StatePack()): Buffer => {
  for (const [account, state] of entries) pack.add(account, (to) => to.text(state));
  return pack.take();
};
const unpacked = (bytes: Buffer): Entry[] =>
  Array.from(unpackStates(bytes), ([account, state]): Entry => [account, state.toString()]);

describe('States in one piece', () => {
  it('1. come out as they went in, whatever is written in their names', () => {
    const entry = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(fc.property(fc.array(entry), (entries) => expect(unpacked(packed(entries))).toEqual(entries)));
  });

  it('2. are little-endian lengths with bytes behind them, as Redis reads them', () =>
    expect(packed([['ann', 'x']]).toString('hex')).toBe('03000000616e6e0100000078'));

  it('3. stay until the next is added, and the next begins anew', () => {
    const pack = new StatePack();
    const first = packed([['ann', '1'], ['bob', '2']], pack); // prettier-ignore
    expect(unpacked(first)).toEqual([['ann', '1'], ['bob', '2']]); // prettier-ignore
    expect(unpacked(packed([['cyd', '3']], pack))).toEqual([['cyd', '3']]);
  });

  it('4. may be more than the memory that is kept', () => {
    const pack = new StatePack();
    const large: Entry[] = Array.from({ length: 50 }, (_, i) => [`a${i}`, 'x'.repeat(200_000)]);
    const bytes = packed(large, pack);
    packed([['ann', '1']], pack);
    expect(unpacked(bytes)).toEqual(large);
  });
});
