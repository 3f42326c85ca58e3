import { StatisticsError } from '../statistics-error.js';

/** Two arms' difference with an interval that holds at every look at once, however often one looks. */
export interface AlwaysValidDifference {
  /** Treatment less control. */
  readonly estimate: number;
  /** Infinite while the accounts say nothing yet of a mean; a difference of shares runs from -1 to 1. */
  readonly lower: number;
  readonly upper: number;
  /** Of this look. The p of the experiment is the smallest of all looks so far, and stays valid whenever one stops. */
  readonly p: number;
  /** Accounts of both arms. */
  readonly accounts: number;
}

/** @throws StatisticsError `invalid-input` unless a number of accounts can be planned with */
export function checkPlanned(name: string, accounts: number): number {
  if (accounts >= 2 && accounts < Infinity) return accounts;
  throw new StatisticsError('invalid-input', `${name} is ${accounts}: give the number of accounts that the experiment is planned for, 2 or more.`); // prettier-ignore
}

/**
 * What an arm's data should weigh against its mixing distribution at the planned size, for the narrowest interval: the
 * least of (log 1/α + log(1 + k)) (1 + 1/k), the squared half width of two arms of equal size, is where
 * k = log 1/α + log(1 + k).
 */
export function plannedWeight(alpha: number): number {
  let k = 5;
  // A contraction: its slope is 1 / (1 + k).
  for (let step = 0; step < 60; step++) k = Math.log1p(k) - Math.log(alpha);
  return k;
}
