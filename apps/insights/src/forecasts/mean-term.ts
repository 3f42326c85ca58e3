import { ratioEstimate } from '@milepost/statistics';
import type { RatioMoments } from '@milepost/statistics';

/** Sums over accounts of what their terms billed, in minor units, and of how many terms there were. */
export interface TermSums {
  billedAccounts: number;
  billed: number;
  terms: number;
  billedSquares: number;
  products: number;
  termSquares: number;
}

/** What a term bills on average, in the currency's units. */
export interface MeanTerm {
  readonly amount: number | null;
  /** Standard error, with accounts as the units: terms of one account go together. */
  readonly error: number | null;
  /** Why no value of a contract follows from it. */
  readonly whyNoValue: string | null;
}

export function meanTermOf(rows: readonly TermSums[], minor: number): MeanTerm {
  const of = (name: keyof TermSums): number => rows.reduce((sum, row) => sum + row[name], 0);
  const terms = of('terms');
  if (terms === 0) return { amount: null, error: null, whyNoValue: 'no term of this length was billed.' };
  const amount = of('billed') / terms / minor;
  if (of('billedAccounts') < 2) {
    return {
      amount,
      error: null,
      whyNoValue: 'one account alone does not say how much the billing of others differs.',
    };
  }
  const error = ratioEstimate(momentsOf(of)).standardError / minor;
  return { amount, error, whyNoValue: amount > 0 ? null : 'the mean term’s billing is not above 0.' };
}

function momentsOf(of: (name: keyof TermSums) => number): RatioMoments {
  const [accounts, billed, terms] = [of('billedAccounts'), of('billed'), of('terms')];
  const moment = (products: number, one: number, other: number): number => (products - (one * other) / accounts) / (accounts - 1); // prettier-ignore
  // Sums of equal amounts leave a rounding error that may be below 0, or a covariance beyond the variances.
  const [numerator, denominator] = [Math.max(0, moment(of('billedSquares'), billed, billed)), Math.max(0, moment(of('termSquares'), terms, terms))]; // prettier-ignore
  const most = Math.sqrt(numerator * denominator);
  return {
    accounts,
    numerator: { mean: billed / accounts, variance: numerator },
    denominator: { mean: terms / accounts, variance: denominator },
    covariance: Math.max(-most, Math.min(most, moment(of('products'), billed, terms))),
  };
}
