import type { CovariateMoments } from './cuped-comparison.js';
import { pairMoments } from './pair-moments.js';

/** One row an account of an arm. */
export interface CovariateColumns {
  readonly outcome: ArrayLike<number>;
  /** Known before assignment. */
  readonly covariate: ArrayLike<number>;
  /** How many accounts the row stands for. Absent: 1 each. */
  readonly counts?: ArrayLike<number>;
}

/**
 * Moments of an arm's outcome with a covariate known before: sample variances and covariance, all with n - 1. What
 * `cupedComparison` takes; a database can sum the same.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` below 2 accounts
 */
export function covariateMoments({ outcome, covariate, counts }: CovariateColumns): CovariateMoments {
  const { accounts, first, second, covariance } = pairMoments(['outcome', 'covariate'], [outcome, covariate], counts);
  return { accounts, outcome: first, covariate: second, covariance };
}
