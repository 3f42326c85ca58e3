import { describe, expect, it } from '@jest/globals';
import { AvroWriter, OUTCOMES } from '@milepost/contracts';
import fc from 'fast-check';
import { NameCodes } from '../name-codes.js';
import type { Action } from './action-history.js';
import { PackedHistory } from './packed-history.js';
import type { StoredHistory } from './packed-history.js';
import { SIGNALS_TYPE } from './signals-state.schema.js';

const TYPES = ['workflow.run', 'data.imported', 'account.created'];
const names = new NameCodes(TYPES);
const writer = new AvroWriter();
const type = SIGNALS_TYPE.field('history').type;

function stored(packed: PackedHistory): StoredHistory {
  packed.write(writer, (type) => names.codeOf(type));
  const read = type.fromBuffer(writer.take());
  return { ...read, types: (read.types as unknown as number[]).map((code) => names.nameOf(code)) };
}

const action = (id: string, at = 0): Action => ({
  at,
  source: '//core',
  id,
  type: TYPES[0]!,
  outcome: 'succeeded',
  companySize: null,
});
/** Bytes that each id adds behind the one before, with its kind and its time. */
const bytesOf = (...ids: string[]): number[] =>
  ids.map((_, i) => {
    const upTo = (count: number) =>
      stored(PackedHistory.of(ids.slice(0, count).map((id) => action(id)))).actions.length;
    return upTo(i + 1) - upTo(i);
  });

describe('1. A history comes back as it was written', () => {
  const text = fc.oneof(
    fc.uuid(),
    fc.ulid(),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^evt[_-][0-9a-f]{0,9}$/),
    fc.integer({ min: 0, max: 10 ** 9 }).map(String),
    fc.integer({ min: 0, max: 10 ** 9 }).map((n) => `0000${n}`),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map((n) => `a-${n}`),
  );
  const one: fc.Arbitrary<Action> = fc.record({
    at: fc.integer({ min: -(2 ** 40), max: 2 ** 51 }),
    source: fc.constantFrom('//core', '//analytics', ''),
    id: text,
    type: fc.constantFrom(...TYPES),
    outcome: fc.constantFrom(...OUTCOMES),
    companySize: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { freq: 4 }),
  });

  it('1.1 and goes on from there', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.nat(40), (list, cut) => {
        const history = [...list].sort((a, b) => a.at - b.at);
        const first = PackedHistory.read(stored(PackedHistory.of(history.slice(0, cut))));
        expect(first.history).toEqual(history.slice(0, cut));
        for (const later of history.slice(cut)) first.packed.append(later);
        expect(PackedHistory.read(stored(first.packed)).history).toEqual(history);
      }),
      { numRuns: 60 },
    );
  });
});

describe('2. What an action takes', () => {
  it.each([
    ['a counter: its step', ['evt_000041', 'evt_000042', 'evt_000041'], 2 + 1],
    ['a UUID: its 16 bytes', ['00000000-0000-4000-8000-00000000000a', '9b2f6c1e-3a4d-4e5f-8a6b-7c8d9e0fa1b2'], 2 + 16],
    ['a ULID: five bits for each character that differs', ['01JB8Z6V0QAAAAAAAAAAAAAAAA', '01JB8Z7V0QBBBBBBBBBBBBBBBB'], 2 + 2 + 13], // prettier-ignore
    ['any other text: its bytes from where it differs', ['order:ä', 'order:öö'], 2 + 2 + 4],
  ])('2.1 %s', (_, ids, bytes) => expect(bytesOf(...ids).at(-1)).toBe(bytes));

  it('2.2 a time of hours after the one before: six bytes', () => {
    const day = 86_400_000_000;
    const later = PackedHistory.of([action('a1', 5), action('a2', 5 + day)]);
    const once = PackedHistory.of([action('a1', 5)]);
    expect(stored(later).actions.length - stored(once).actions.length).toBe(1 + 6 + 1);
  });
});
