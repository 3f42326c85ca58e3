import { shareOfOdds } from '../shrinkage/mixed-likelihood.js';
import { risingSums } from '../shrinkage/rising-sums.js';
import type { ShiftedBetaGeometric } from './shifted-beta-geometric.js';

/** Where a fit stands: its covariance's coordinates, with φ = 1/(α + β), 0 where geometric. */
export const standOf = ({ churn, concentration }: ShiftedBetaGeometric) => ({
  logOdds: Math.log(churn / (1 - churn)),
  phi: 1 / concentration,
});

/**
 * log S(to)/S(from), and its derivatives in the log odds of churn and in log(α + β). All in one form that holds for the
 * geometric limit too: Π (1 - μ + iφ)/(1 + iφ).
 */
export function logSurvivalRatio(logOdds: number, phi: number, from: number, to: number) {
  const [mu, rest] = shareOfOdds(logOdds);
  const [stays, all] = [risingSums(rest, phi, from, to - from), risingSums(1, phi, from, to - from)];
  return {
    value: stays.log - all.log,
    gradient: [-mu * rest * stays.inverse, rest * stays.inverse - all.inverse] as const,
  };
}

/** Standard error of a quantity with this gradient, by the delta method. */
export function deltaError({ covariance }: ShiftedBetaGeometric, [odds, size]: readonly [number, number]): number {
  const variance = odds * odds * covariance[0][0] + 2 * odds * size * covariance[0][1] + size * size * covariance[1][1];
  return Math.sqrt(Math.max(0, variance));
}
