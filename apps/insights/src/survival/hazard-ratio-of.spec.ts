import { expect, it } from '@jest/globals';
import { hazardRatioOf } from './hazard-ratio-of.js';
import type { CountedRow } from './hazard-ratio-of.js';

const row = (day: number, event: number, has: number, accounts = 3): CountedRow => ({ segment: 'smb', day, event, has, accounts }); // prettier-ignore

it.each([
  [
    'it came to nobody who had the milestone',
    [row(10, 1, 0), row(20, 0, 1), row(30, 0, 0), row(40, 0, 1)],
    /^Of the accounts that it happened to all had the milestone, or none/,
  ],
  [
    'all at risk had it',
    [row(10, 1, 1), row(20, 1, 1), row(30, 0, 1)],
    /^Wherever it came to anybody, all at risk had/,
  ],
  ['it came to nobody', [row(20, 0, 1), row(30, 0, 0)], /event/],
])('1. no ratio where %s, and why in the words of the question', (_, rows, why) => {
  const { hazardRatio, whyNot } = hazardRatioOf(rows);
  expect(hazardRatio).toBeNull();
  expect(whyNot).toMatch(why);
  expect(whyNot).not.toMatch(/\bhas\b/);
});

it('2. a ratio where both groups have it happen to them', () => {
  const rows = [row(10, 1, 0), row(12, 1, 1), row(20, 1, 0), row(30, 1, 1), row(40, 0, 1), row(40, 0, 0)];
  const { hazardRatio, whyNot } = hazardRatioOf(rows);
  expect([hazardRatio!.ratio > 0, hazardRatio!.lower < hazardRatio!.upper, whyNot]).toEqual([true, true, null]);
});
