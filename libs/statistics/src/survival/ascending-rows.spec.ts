import { expect, test } from '@jest/globals';
import { seededRandom } from '../testing/seeded-random.js';
import { ascendingRows } from './ascending-rows.js';

const random = seededRandom(5);
const draw = (size: number, one: () => number) => Float64Array.from({ length: size }, one);
const EVENTS = 1 / 3;

test.each([
  ['none', new Float64Array(0)],
  ['one', Float64Array.of(3)],
  ['all the same', new Float64Array(50).fill(7)],
  ['spread out', draw(20_000, random)],
  ['tied', draw(20_000, () => Math.floor(random() * 40) / 7)],
  ['crowded at one end', draw(20_000, () => random() ** 30)],
  ['crowded but for one', Float64Array.of(1e12, ...draw(5_000, random))],
])('times that are %s come in ascending order, each with its own events', (_, time) => {
  const event = Uint8Array.from(time, () => Number(random() < EVENTS));
  const sorted = ascendingRows(time, event);
  expect(sorted.time).toEqual(time.slice().sort());
  const count = (times: Float64Array, events: Uint8Array) => {
    const of = new Map<number, number>();
    times.forEach((at, i) => of.set(at, (of.get(at) ?? 0) + events[i]!));
    return [...of].sort(([one], [other]) => one - other);
  };
  expect(count(sorted.time, sorted.event)).toEqual(count(time, event));
});
