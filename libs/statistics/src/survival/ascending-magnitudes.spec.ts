import { expect, test } from '@jest/globals';
import { seededRandom } from '../testing/seeded-random.js';
import { ascendingMagnitudes } from './ascending-magnitudes.js';
import { rangeOf } from './ascending-order.js';

const random = seededRandom(5);
const draw = (size: number, one: () => number) => Float64Array.from({ length: size }, one);

test.each([
  ['none', new Float64Array(0)],
  ['one', Float64Array.of(3)],
  ['few', draw(200, random)],
  ['all the same', new Float64Array(5_000).fill(7)],
  ['all 0', new Float64Array(5_000)],
  ['spread out', draw(20_000, random)],
  ['tied', draw(20_000, () => Math.floor(random() * 40) / 7)],
  ['tied at 0', draw(20_000, () => Math.max(0, random() - 0.5))],
  ['crowded at one end', draw(60_000, () => random() ** 30)],
  ['crowded at both', draw(60_000, () => (random() < 0.5 ? 1e6 + random() : random()))],
  ['crowded but for one', Float64Array.of(1e12, ...draw(5_000, random))],
  ['crowded beyond a bucket’s room but for one', Float64Array.of(1e12, ...draw(60_000, random))],
  ['close together far from 0', draw(20_000, () => 1e15 + Math.floor(random() * 91) / 8)],
  ['as far apart as numbers go', Float64Array.of(...draw(5_000, () => random() * 1e-300), 1.7e308)],
])('magnitudes that are %s come in ascending order, each with its own signs', (_, magnitudes) => {
  const values = magnitudes.map((one) => (random() < 1 / 3 ? -one : one));
  const given = values.slice();
  const sorted = ascendingMagnitudes(values, ...rangeOf(magnitudes));
  expect(sorted.map(Math.abs)).toEqual(magnitudes.slice().sort());
  expect(sorted.slice().sort()).toEqual(given.slice().sort());
  expect(values).toEqual(given);
});
