import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { armComparison, type ArmComparison, type ArmEstimate } from './arm-comparison.js';
import { checkArm } from './arm-moments.js';
import { welchFreedom, type ComparisonOptions } from './mean-comparison.js';

/** What CUPED needs to know of an arm: the outcome, and something known of the same accounts from before. */
export interface CovariateMoments {
  readonly accounts: number;
  /** Variances and covariance with n - 1. */
  readonly outcome: { readonly mean: number; readonly variance: number };
  readonly covariate: { readonly mean: number; readonly variance: number };
  readonly covariance: number;
}

export interface CupedComparison extends ArmComparison {
  /** What a unit of the covariate says about the outcome, from both arms. 0 where the covariate does not vary. */
  readonly theta: number;
  /** By how much the outcome's variance within arms has shrunk: the square of its correlation with the covariate. */
  readonly varianceReduction: number;
}

/**
 * Two arms' means after taking off what a covariate from before the experiment foretold (CUPED; Deng, Xu, Kohavi &
 * Walker 2013): y - θ(x - x̄), θ = Σ cov / Σ var pooled over arms, compared by Welch's t. Same estimand, less noise.
 *
 * Assumes what `meanComparison` does, and that the covariate was known before assignment: one that the treatment can
 * move takes part of the effect off. New accounts have no outcome of before; take what is known of their company, or
 * `regressionAdjustment` with several covariates. For ratios (revenue an order) adjust numerator and denominator as
 * one linearised outcome first: n_i - R d_i, R being the ratio of both arms together.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm; `invalid-input`
 */
export function cupedComparison(
  control: CovariateMoments,
  treatment: CovariateMoments,
  options: ComparisonOptions = {},
): CupedComparison {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  checkMoments('control', control);
  checkMoments('treatment', treatment);
  const both = [control, treatment] as const;
  const within = (of: (arm: CovariateMoments) => number): number =>
    both.reduce((sum, arm) => sum + (arm.accounts - 1) * of(arm), 0);
  const spread = within(({ covariate }) => covariate.variance);
  const rounding = within(({ covariate }) => (8 * Number.EPSILON * covariate.mean) ** 2);
  const theta = spread > rounding ? within(({ covariance }) => covariance) / spread : 0;
  const accounts = control.accounts + treatment.accounts;
  const middle = both.reduce((sum, arm) => sum + (arm.accounts * arm.covariate.mean) / accounts, 0);
  const adjusted = both.map(({ accounts: size, outcome, covariate, covariance }) => ({
    accounts: size,
    mean: outcome.mean - theta * (covariate.mean - middle),
    // Rounding may leave a little less than nothing.
    variance: Math.max(0, outcome.variance - 2 * theta * covariance + theta * theta * covariate.variance),
  }));
  const [one, other] = adjusted as [(typeof adjusted)[0], (typeof adjusted)[0]];
  const [own, theirs] = adjusted.map(({ accounts: size, mean, variance }) => ({ estimate: mean, standardError: Math.sqrt(variance / size) })) as [ArmEstimate, ArmEstimate]; // prettier-ignore
  const before = within(({ outcome }) => outcome.variance);
  const after = (control.accounts - 1) * one.variance + (treatment.accounts - 1) * other.variance;
  return {
    ...armComparison(own, theirs, welchFreedom(one, other), confidence),
    theta,
    varianceReduction: before > 0 ? 1 - after / before : 0,
  };
}

function checkMoments(name: string, { accounts, outcome, covariate, covariance }: CovariateMoments): void {
  checkArm(name, { accounts, ...outcome });
  checkArm(`${name}'s covariate`, { accounts, ...covariate });
  const most = Math.sqrt(outcome.variance * covariate.variance);
  if (!(Math.abs(covariance) <= most * (1 + 1e-9) + Number.MIN_VALUE)) {
    throw new StatisticsError('invalid-input', `${name} has covariance ${covariance}: give a number between -${most} and ${most}, as its variances allow.`); // prettier-ignore
  }
}
