import { describe, expect, it } from '@jest/globals';
import { meanTermOf } from './mean-term.js';
import type { TermSums } from './mean-term.js';

/** As `renewal-counts.sql` sums accounts, each with what it was billed in so many terms. */
const sumsOf = (accounts: readonly (readonly [billed: number, terms: number])[]): TermSums => {
  const of = (one: (billed: number, terms: number) => number): number => accounts.reduce((sum, [b, t]) => sum + one(b, t), 0); // prettier-ignore
  return {
    billedAccounts: of((_, t) => Number(t > 0)),
    billed: of((b) => b),
    terms: of((_, t) => t),
    billedSquares: of((b) => b * b),
    products: of((b, t) => b * t),
    termSquares: of((_, t) => t * t),
  };
};

describe('What a term bills on average', () => {
  it('1. is a ratio of sums, with the linearised error by account, however rows are split', () => {
    const accounts = [[1_000, 1], [9_000, 3], [4_000, 2], [2_000, 2]] as const; // prettier-ignore
    // 16,000 in 8 terms; residuals -1,000, 3,000, 0 and -2,000: their squares times 4/3, over 64 squared terms.
    const error = Math.sqrt((14e6 * 4) / 3 / 64);
    const whole = meanTermOf([sumsOf(accounts)], 100);
    expect([whole.amount, whole.whyNoValue]).toEqual([20, null]);
    expect(whole.error).toBeCloseTo(error / 100, 12);
    const split = meanTermOf([sumsOf(accounts.slice(0, 1)), sumsOf(accounts.slice(1))], 100);
    expect(split.error).toBeCloseTo(whole.error!, 12);
    // Whoever had no such term says nothing of what it bills.
    expect(meanTermOf([sumsOf([...accounts, [0, 0]])], 100)).toEqual(whole);
    expect(meanTermOf([sumsOf(accounts)], 1).error).toBeCloseTo(error, 10);
  });

  it('2. is sure where all pay the same for a term', () => {
    const accounts = Array.from({ length: 1_000 }, (_, i) => [49_990 * (1 + (i % 7)), 1 + (i % 7)] as const);
    const { amount, error } = meanTermOf([sumsOf(accounts)], 100);
    expect(amount).toBeCloseTo(499.9, 9);
    expect(error).toBeLessThan(1e-4);
    expect(meanTermOf([sumsOf(accounts.map(() => [0.1 + 0.2, 1] as const))], 1).error).toBeLessThan(1e-6);
  });

  it.each([
    [[[0, 0]], null, 'no term of this length was billed.'],
    [[[1_000, 2]], 5, 'one account alone does not say how much the billing of others differs.'],
    [
      [
        [1_000, 1],
        [-1_000, 1],
      ],
      0,
      'the mean term’s billing is not above 0.',
    ],
    [
      [
        [1_000, 1],
        [-3_000, 1],
      ],
      -10,
      'the mean term’s billing is not above 0.',
    ],
  ] as const)('3. gives no value of a contract: %j', (accounts, amount, whyNoValue) => {
    expect(meanTermOf([sumsOf(accounts)], 100)).toMatchObject({ amount, whyNoValue });
  });
});
