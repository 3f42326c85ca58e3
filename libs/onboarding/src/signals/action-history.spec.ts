import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { AvroWriter, OUTCOMES } from '@milepost/contracts';
import fc from 'fast-check';
import { compareRefs } from '../account-start.js';
import { NameCodes } from '../name-codes.js';
import { ActionHistory } from './action-history.js';
import type { Action } from './action-history.js';
import type { StoredHistory } from './packed-history.js';
import { SharedKinds } from './shared-kinds.js';
import { SIGNALS_TYPE } from './signals-state.schema.js';

const TYPES = ['workflow.run', 'data.imported', 'account.created'];
const names = new NameCodes(TYPES);
const writer = new AvroWriter();
const type = SIGNALS_TYPE.field('history').type;

const kinds = new SharedKinds();
const historyOf = (actions: readonly Action[]): ActionHistory => ActionHistory.of(actions, kinds);

function stored(history: ActionHistory): StoredHistory {
  history.write(writer, (type) => names.codeOf(type));
  const read = type.fromBuffer(writer.take());
  return { ...read, types: (read.types as unknown as number[]).map((code) => names.nameOf(code)) };
}

const refOf = ({ at, source, id, type }: Action) => ({ at, source, id, type });
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
    const upTo = (count: number) => stored(historyOf(ids.slice(0, count).map((id) => action(id)))).actions.length;
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

  /** By time, source and id; those that are the same in all three in the order in which they came. */
  const inOrder = (list: readonly Action[]): Action[] => [...list].sort(compareRefs);
  const read = (history: ActionHistory): ActionHistory => ActionHistory.read(stored(history), kinds);

  it('1.1 and goes on from there', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.nat(40), (list, cut) => {
        const actions = inOrder(list);
        const history = read(historyOf(actions.slice(0, cut)));
        expect([...history]).toEqual(actions.slice(0, cut));
        for (const later of actions.slice(cut)) history.insert(later);
        expect([...read(history)]).toEqual(actions);
      }),
      { numRuns: 60 },
    );
  });

  it('1.2 in event-time order, however its actions came, and as short as if they had come in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { maxLength: 40, selector: ({ at, id }) => `${at} ${id}` }),
        fc.nat(40),
        fc.nat(40),
        (list, cut, dropped) => {
          // prettier-ignore
          const history = historyOf(list.slice(0, cut));
          stored(history);
          for (const later of list.slice(cut)) history.insert(later);
          const actions = inOrder(list);
          expect([...history]).toEqual(actions);
          expect(stored(history)).toEqual(stored(historyOf(actions)));
          history.dropFirst(dropped);
          const rest = actions.slice(dropped);
          expect([...history]).toEqual(rest);
          history.insert({ ...action('last', 2 ** 52), companySize: 7 });
          expect([...read(history)]).toEqual([...rest, { ...action('last', 2 ** 52), companySize: 7 }]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('1.3 and says of each action what conditions ask', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.integer({ min: -(2 ** 40), max: 2 ** 51 }), (list, now) => {
        const actions = inOrder(list);
        for (const history of [historyOf(list), read(historyOf(list))]) {
          expect(history.length).toBe(actions.length);
          expect(history.timeAt(actions.length)).toBe(Infinity);
          expect(history.countUntil(now)).toBe(actions.filter(({ at }) => at <= now).length);
          const places = actions.map((_, place) => place).filter((place) => place % 3 !== 1);
          expect(places.map((place) => history.refAt(place))).toEqual(places.map((place) => refOf(actions[place]!)));
          actions.forEach((action, place) => {
            const { type, outcome, source } = history.kindAt(place);
            expect([history.timeAt(place), type, outcome, source, history.companySizeAt(place)]).toEqual([action.at, action.type, action.outcome, action.source, action.companySize]); // prettier-ignore
            const same = actions.findIndex((one) => isDeepStrictEqual(refOf(one), refOf(action)));
            expect(history.placeAmongFirst(action)).toBe(same < 8 ? same : -1);
          });
          const sizes = actions.map(({ companySize }) => companySize);
          expect(history.companySizeOf(actions.length)).toBe(sizes.findLast((size) => size !== null) ?? null);
        }
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
    const later = historyOf([action('a1', 5), action('a2', 5 + day)]);
    const once = historyOf([action('a1', 5)]);
    expect(stored(later).actions.length - stored(once).actions.length).toBe(1 + 6 + 1);
  });
});
