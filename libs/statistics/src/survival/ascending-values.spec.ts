import { expect, test } from '@jest/globals';
import { seededRandom } from '../testing/seeded-random.js';
import { ascendingValues } from './ascending-values.js';

const random = seededRandom(5);
const draw = (size: number, one: () => number) => Float64Array.from({ length: size }, one);

test.each([
  ['none', new Float64Array(0)],
  ['one', Float64Array.of(3)],
  ['all the same', new Float64Array(50).fill(7)],
  ['spread out', draw(20_000, random)],
  ['tied', draw(20_000, () => Math.floor(random() * 40) / 7)],
  ['crowded at one end', draw(20_000, () => random() ** 30)],
  ['crowded but for one', Float64Array.of(1e12, ...draw(5_000, random))],
])('values that are %s come in ascending order', (_, values) => {
  expect(ascendingValues(values.slice())).toEqual(values.slice().sort());
});
