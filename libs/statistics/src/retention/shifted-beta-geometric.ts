import { twoSidedP } from '../distributions.js';
import { likeliestMixing } from '../shrinkage/likeliest-mixing.js';
import { mixedInformation } from '../shrinkage/mixed-likelihood.js';
import { RunCollector } from '../shrinkage/mixed-runs.js';
import { StatisticsError } from '../statistics-error.js';
import { checkedRenewals, type RenewalCounts } from './renewal-counts.js';

type Pair = readonly [number, number];

export interface ShiftedBetaGeometric {
  /** Of the beta distribution of accounts' chances to leave at a renewal. Infinity where geometric. */
  readonly alpha: number;
  readonly beta: number;
  /** By the delta method from `covariance`. Infinity where geometric. */
  readonly standardErrors: { readonly alpha: number; readonly beta: number };
  /** α/(α + β): the share that leaves at the first renewal. */
  readonly churn: number;
  /** α + β: the smaller, the more accounts differ. Infinity where geometric. */
  readonly concentration: number;
  /** Inverse observed information of (log odds of churn, log concentration); the latter's part is 0 where geometric. */
  readonly covariance: readonly [readonly [number, number], readonly [number, number]];
  readonly logLikelihood: number;
  /** Whether accounts differ no more than chance would have it: one chance to leave for all, at every renewal. */
  readonly isGeometric: boolean;
  /** Likelihood-ratio test that all accounts have one chance; p is half of χ²₁'s, since α + β = ∞ is a boundary. */
  readonly heterogeneity: { readonly statistic: number; readonly p: number };
  /** Renewals seen of all accounts together, and losses at them. */
  readonly accountRenewals: number;
  readonly losses: number;
}

/**
 * Shifted beta-geometric (Fader & Hardie 2007) by maximum likelihood from counts by renewal: each account leaves at any
 * renewal with a chance of its own that does not change, and the chances are Beta(α, β) over accounts. Then
 * S(t) = B(α, β + t)/B(α, β), and of those left, retention at renewal t is (β + t - 1)/(α + β + t - 1).
 *
 * Retention rises from heterogeneity alone: those likely to leave have left. A rising curve of a cohort is no sign that
 * the product or its accounts became better.
 *
 * Assumes contracts that end at renewals only, and accounts that are independent and do not change. Fit it by segment.
 * Retention that falls with time is beyond it: it then ends as geometric, with a poor fit to look at.
 *
 * @throws StatisticsError `not-enough-data` without losses, without accounts that stayed, with one renewal only, or
 *   where all losses are at the first renewal, so that α + β runs to 0; `invalid-input`
 */
export function shiftedBetaGeometric(counts: RenewalCounts): ShiftedBetaGeometric {
  const data = checkedRenewals(counts);
  checkIdentified(data);
  const runs = { hits: new RunCollector(), misses: new RunCollector(), trials: new RunCollector() };
  runs.hits.add(data.losses, 0, 1);
  data.atRisk.forEach((n, t) => {
    runs.misses.add(n - data.lost[t]!, t, 1);
    runs.trials.add(n, t, 1);
  });
  const fit = likeliestMixing(runs);
  if (fit.kind === 'polarised') {
    throw new StatisticsError('not-enough-data', 'Hardly any account is lost after its first renewal, so nothing says how loss goes on: give more renewals, or more accounts.'); // prettier-ignore
  }
  const { mean: churn, concentration, logLikelihood } = fit;
  const isGeometric = fit.kind === 'pooled';
  const covariance = covarianceOf(
    mixedInformation(runs, Math.log(churn / (1 - churn)), 1 / concentration),
    isGeometric,
  );
  const errorOf = (odds: number): number =>
    Math.sqrt(odds * odds * covariance[0][0] + 2 * odds * covariance[0][1] + covariance[1][1]);
  const [alpha, beta] = [concentration * churn, concentration * (1 - churn)];
  const statistic = 2 * Math.max(0, logLikelihood - fit.pooledLogLikelihood);
  return {
    alpha,
    beta,
    standardErrors: { alpha: alpha * errorOf(1 - churn), beta: beta * errorOf(-churn) },
    churn,
    concentration,
    covariance,
    logLikelihood,
    isGeometric,
    heterogeneity: { statistic, p: isGeometric ? 1 : twoSidedP(Math.sqrt(statistic)) / 2 },
    accountRenewals: data.accountRenewals,
    losses: data.losses,
  };
}

function covarianceOf([[odds, cross], [, size]]: readonly [Pair, Pair], isGeometric: boolean): readonly [Pair, Pair] {
  if (isGeometric) return [[1 / odds, 0], [0, 0]]; // prettier-ignore
  const determinant = odds * size - cross * cross;
  if (odds > 0 && determinant > 0) {
    return [[size / determinant, -cross / determinant], [-cross / determinant, odds / determinant]]; // prettier-ignore
  }
  throw new StatisticsError('no-convergence', 'The information at the estimate cannot be inverted: give more renewals, or more accounts.'); // prettier-ignore
}

function checkIdentified({ atRisk, lost, accountRenewals, losses }: ReturnType<typeof checkedRenewals>): void {
  const refuse = (what: string) => new StatisticsError('not-enough-data', what);
  if (accountRenewals === 0) throw refuse('No account has come up for renewal: wait for the first renewals.');
  if (losses === 0) throw refuse(`Nobody of ${accountRenewals} renewals was lost: there is no loss to project from. Show the renewals, and wait.`); // prettier-ignore
  if (losses === accountRenewals) throw refuse(`All ${losses} accounts left at their renewal: nobody stayed to project.`); // prettier-ignore
  if (atRisk.filter((n) => n > 0).length < 2) throw refuse('Accounts are at risk at one renewal only: give at least 2, to tell how much accounts differ.'); // prettier-ignore
  if (lost.every((d, t) => t === 0 || d === 0) && lost[0]! > 0) throw refuse('Every account that was lost was lost at its first renewal, so nothing says how loss goes on: give more renewals, or more accounts.'); // prettier-ignore
}
