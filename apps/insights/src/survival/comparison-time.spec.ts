import { expect, it } from '@jest/globals';
import { comparisonTime } from './comparison-time.js';

const group = (...atRisk: number[]) => ({
  at: atRisk.map((there, k) => ({ time: 30 * (k + 1), atRisk: there, estimate: there > 0 ? 0.5 : null, lower: 0.4, upper: 0.6 })), // prettier-ignore
});

it.each([
  ['one group: as far as there are enough', [group(40, 20, 10, 9)], 90],
  ['several: as far as there are enough in each', [group(40, 20, 10, 9), group(400, 200, 100, 90), group(30, 12, 6, 2)], 60], // prettier-ignore
  ['a group that is small from the start holds no other back', [group(40, 20, 10, 9), group(4, 2, 0, 0)], 90],
  ['all small: as far as each has an estimate', [group(8, 7, 6, 5), group(4, 2, 0, 0)], 60],
  ['one of them has none at all: the first', [group(8, 7, 6, 5), group(0, 0, 0, 0)], 30],
  ['nothing was told', [group()], null],
])('1. %s', (_, groups, time) => {
  expect(comparisonTime(groups)).toBe(time);
});

it('2. whatever the order in which times were asked for', () => {
  const { at } = group(40, 20, 10, 9);
  expect(comparisonTime([{ at: at.toReversed() }])).toBe(90);
});
