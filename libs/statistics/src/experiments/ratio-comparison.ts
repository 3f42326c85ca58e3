import { StatisticsError } from '../statistics-error.js';
import { checkConfidence, LARGEST } from '../survival/checked-column.js';
import { armComparison, type ArmComparison, type ArmEstimate } from './arm-comparison.js';
import type { ComparisonOptions } from './mean-comparison.js';
import { welchFreedom } from './mean-comparison.js';
import { pairMoments } from './pair-moments.js';

/** One row an account: revenue and orders, revenue and seats, sessions with an error and sessions. */
export interface RatioColumns {
  readonly numerator: ArrayLike<number>;
  readonly denominator: ArrayLike<number>;
  /** How many accounts the row stands for. Absent: 1 each. */
  readonly counts?: ArrayLike<number>;
}

/** What a ratio of means needs to know of an arm. Variances and covariance with n - 1. */
export interface RatioMoments {
  readonly accounts: number;
  readonly numerator: { readonly mean: number; readonly variance: number };
  readonly denominator: { readonly mean: number; readonly variance: number };
  readonly covariance: number;
}

/**
 * Moments of an arm's numerator and denominator, such as revenue and orders, a row for each account: sample variances and
 * covariance, all with n - 1. What `ratioComparison` takes; a database can sum the same.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` below 2 accounts
 */
export function ratioMoments({ numerator, denominator, counts }: RatioColumns): RatioMoments {
  const { accounts, first, second, covariance } = pairMoments(
    ['numerator', 'denominator'],
    [numerator, denominator],
    counts,
  );
  return { accounts, numerator: first, denominator: second, covariance };
}

/**
 * Two arms' ratios Σ numerator / Σ denominator, with errors by the delta method (Deng, Knoblich & Lu 2018): the account
 * is the unit although the denominator counts something smaller, so orders of one account may depend on each other.
 * Var(R) = (s_y² - 2 R s_xy + R² s_x²) / (n x̄²); intervals by Student's t with Satterthwaite's degrees of freedom.
 *
 * Assumes what `meanComparison` does, and a denominator whose mean is far from 0: at least several standard errors.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm; `invalid-input`, also for a denominator whose
 *   mean is not above 0, or for a covariance that the variances do not allow
 */
export function ratioComparison(
  control: RatioMoments,
  treatment: RatioMoments,
  options: ComparisonOptions = {},
): ArmComparison {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const [other, own] = [ratioEstimate(control, 'control'), ratioEstimate(treatment, 'treatment')];
  const freedom = welchFreedom(
    { accounts: control.accounts, mean: 0, variance: other.standardError ** 2 * control.accounts },
    { accounts: treatment.accounts, mean: 0, variance: own.standardError ** 2 * treatment.accounts },
  );
  return armComparison(other, own, freedom, confidence);
}

/**
 * One arm's ratio Σ numerator / Σ denominator with the standard error of `ratioComparison`, accounts being the units.
 * `name` is what a refusal calls it.
 *
 * @throws StatisticsError as `ratioComparison`
 */
export function ratioEstimate(moments: RatioMoments, name = 'ratio'): ArmEstimate {
  const { accounts, numerator, denominator, covariance } = moments;
  const given = [accounts, numerator.mean, numerator.variance, denominator.mean, denominator.variance, covariance];
  if (
    !given.every((one) => Number.isFinite(one) && Math.abs(one) <= LARGEST) ||
    numerator.variance < 0 ||
    denominator.variance < 0
  ) {
    throw new StatisticsError('invalid-input', `${name} has a moment that is not finite or too large, or a variance below 0: ${given.join(', ')}.`); // prettier-ignore
  }
  if (!(accounts > 1))
    throw new StatisticsError('not-enough-data', `${name} has ${accounts} accounts: give at least 2.`);
  if (!(denominator.mean > 1 / LARGEST)) {
    throw new StatisticsError('invalid-input', `${name}: the denominator's mean is ${denominator.mean}: a ratio needs one above 0.`); // prettier-ignore
  }
  if (Math.abs(covariance) > Math.sqrt(numerator.variance * denominator.variance) * (1 + 1e-9)) {
    throw new StatisticsError('invalid-input', `${name}: covariance ${covariance} is larger than its variances ${numerator.variance} and ${denominator.variance} allow.`); // prettier-ignore
  }
  const estimate = numerator.mean / denominator.mean;
  const spread = numerator.variance - 2 * estimate * covariance + estimate * estimate * denominator.variance;
  return { estimate, standardError: Math.sqrt(Math.max(0, spread) / accounts) / denominator.mean };
}
