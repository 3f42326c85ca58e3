import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { countsByTime } from './counts-by-time.js';
import { riskTable } from './risk-table.js';

/** One time after the other, as the definition says. */
function counted(time: readonly number[], event: readonly number[]) {
  const times = [...new Set(time.map((at) => at + 0))].sort((a, b) => a - b);
  const count = (is: (row: number) => boolean) => time.filter((_, row) => is(row)).length;
  return {
    time: Float64Array.from(times),
    atRisk: Float64Array.from(times, (at) => count((row) => time[row]! >= at)),
    events: Float64Array.from(times, (at) => count((row) => time[row] === at && event[row] === 1)),
    censored: Float64Array.from(times, (at) => count((row) => time[row] === at && event[row] === 0)),
  };
}

const random = seededRandom(11);
const drawn = (rows: number, at: () => number) => ({
  time: Array.from({ length: rows }, at),
  event: Array.from({ length: rows }, () => Number(random() < 0.5)),
});

describe('1. Counts', () => {
  it.each([
    ['whole days', drawn(3_000, () => Math.floor(random() * 40))],
    ['whole, more than rows', drawn(50, () => Math.floor(random() * 1e6))],
    ['whole but for the last', { ...drawn(60, () => 3), time: [...Array<number>(59).fill(3), 2.5] }],
    ['whole beyond the places', drawn(300, () => 2 ** 40 + Math.floor(random() * 100))],
    ['no ties', drawn(3_000, random)],
    ['ties', drawn(3_000, () => Math.floor(random() * 40) / 7)],
    ['0, also as -0', drawn(200, () => (random() < 0.3 ? -0 : random() < 0.5 ? 0 : 0.5))],
    ['only -0', drawn(20, () => -0)],
  ])('1.1 as counted one by one: %s', (_, { time, event }) => {
    const wanted = counted(time, event);
    expect(countsByTime(time, event)).toEqual(wanted);
    expect(countsByTime(Float64Array.from(time), Uint8Array.from(event))).toEqual(wanted);
  });

  it('1.2 of 70,000 rows, with days past the last place', () => {
    const time = Array.from({ length: 70_000 }, (_, row) => (row === 69_999 ? 66_000 : row % 365));
    const table = countsByTime(time, new Uint8Array(70_000).fill(1))!;
    expect([table.time.length, table.time.at(-1), table.atRisk.at(-1), table.events[0]]).toEqual([366, 66_000, 1, 192]);
  });

  it('1.3 leave the given columns as they are, and share no memory with them', () => {
    const { time, event } = drawn(5_000, random);
    const given = Float64Array.from(time);
    const table = countsByTime(given, event)!;
    expect([...given]).toEqual(time);
    for (const column of Object.values(table)) expect(column.buffer).not.toBe(given.buffer);
    expect(new Set(Object.values(table).map((column) => column.buffer)).size).toBe(4);
  });
});

describe('2. A row that is not as it should be', () => {
  it('2.1 is named, wherever it stands and whatever the others are', () => {
    const wrong = fc.constantFrom(NaN, Infinity, -1, 1e101, null, '3', undefined, true);
    const notEvent = fc.constantFrom(NaN, 2, -1, 0.5, null, '1', undefined, true, Infinity);
    fc.assert(
      fc.property(fc.nat(99), fc.boolean(), wrong, notEvent, (row, whole, at, ended) => {
        const { time, event } = drawn(100, () => (whole ? Math.floor(random() * 9) : random()));
        const times = time.with(row, at as number);
        expect(countsByTime(times, event)).toBeNull();
        expect(refusal(() => riskTable({ time: times, event }))).toContain(
          `invalid-input: time[${row}] is ${String(at)}`,
        );
        const events = event.with(row, ended as number);
        expect(countsByTime(time, events)).toBeNull();
        expect(refusal(() => riskTable({ time, event: events }))).toContain(
          `event[${row}] is ${String(ended)}: give 0 or 1`,
        );
      }),
    );
  });

  it('2.2 as are columns of unequal length, and none', () => {
    expect(refusal(() => riskTable({ time: [1, 2], event: [1] }))).toContain(
      'invalid-input: event has 1 values for 2 rows',
    );
    expect(refusal(() => riskTable({ time: [], event: [] }))).toContain('not-enough-data: There are no rows');
  });
});
