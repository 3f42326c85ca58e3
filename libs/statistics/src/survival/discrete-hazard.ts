import { StatisticsError } from '../statistics-error.js';
import { binomialFit } from './binomial-fit.js';
import type { HazardLink } from './binomial-link.js';
import { checkedHazardCounts } from './hazard-counts.js';
import { chiSquareTest, coefficientRow, type ChiSquareTest, type HazardRatio } from './hazard-ratio.js';
import type { HazardCounts } from './hazard-counts.js';
import { intervalWidth } from './probability-interval.js';

export interface PeriodHazard {
  readonly period: string | number;
  readonly atRisk: number;
  readonly events: number;
  /** On the link's scale where all covariates and the offset are 0; null where nobody or everybody had the event. */
  readonly intercept: number | null;
  readonly standardError: number | null;
  /** Information on the intercept, and the covariates' means by it: what predictions need for their errors. */
  readonly weight: number;
  readonly means: readonly number[];
}

export interface DiscreteHazardFit {
  readonly link: HazardLink;
  readonly names: readonly string[];
  /** `ratio` is of odds under logit, of hazards under cloglog. */
  readonly coefficients: readonly HazardRatio[];
  readonly covariance: readonly (readonly number[])[];
  /** In ascending order of the periods. */
  readonly periods: readonly PeriodHazard[];
  /** Without the binomial constant, so equal for rows and for counts. */
  readonly logLikelihood: number;
  /** Of the periods' intercepts alone. */
  readonly nullLogLikelihood: number;
  readonly likelihoodRatio: ChiSquareTest;
  readonly atRisk: number;
  readonly events: number;
  readonly iterations: number;
}

/**
 * Discrete-time hazard: link(P(event in period | reached it)) = intercept of the period + x'β (+ offset), by maximum
 * likelihood (Prentice & Gloeckler 1978 for cloglog; Allison 1982). For clocks that tick, such as renewals. Runs on one
 * line for each person and period or on counts by period and pattern of covariates, with the same answer: its cost
 * grows with the number of patterns, not of events. Without `period` there is one intercept; put time among the
 * covariates then.
 *
 * Periods in which nobody (everybody) at risk had the event have an intercept at minus (plus) infinity and say nothing
 * of β: they are reported with intercept null, and count in nothing else.
 *
 * @throws StatisticsError `not-enough-data` if no period has both; `invalid-input`, `collinear`, `separation`
 */
export function discreteHazard(
  counts: HazardCounts,
  options: { readonly link?: HazardLink; readonly confidence?: number } = {},
): DiscreteHazardFit {
  const { link = 'cloglog', confidence = 0.95 } = options;
  if (link !== 'logit' && link !== 'cloglog') {
    throw new StatisticsError('invalid-input', `link is ${String(link)}: give logit or cloglog.`);
  }
  const z = intervalWidth(confidence);
  const { data, periods, mean, scale, offsetMean } = checkedHazardCounts(counts, link);
  const { names } = data;
  const size = names.length;
  const fit = binomialFit(data);
  const covariance = fit.covariance.to2DArray().map((row, a) => row.map((one, b) => one / (scale[a]! * scale[b]!)));
  const estimates = Array.from(fit.beta, (one, a) => one / scale[a]!);
  return {
    link,
    names,
    coefficients: names.map((name, a) => coefficientRow(name, estimates[a]!, Math.sqrt(covariance[a]![a]!), z)),
    covariance,
    periods: periods.map(({ period, atRisk, events, group }) => {
      if (group === null) return { period, atRisk, events, intercept: null, standardError: null, weight: 0, means: [] };
      const weight = fit.groupWeight[group]!;
      const means = names.map((_, a) => mean[a]! + scale[a]! * fit.groupMean[group * size + a]!);
      const atZero = estimates.reduce((sum, one, a) => sum - one * mean[a]!, fit.intercepts[group]! - offsetMean);
      const spread = means.reduce((sum, m, a) => means.reduce((s, n, b) => s + m * covariance[a]![b]! * n, sum), 0);
      return {
        period,
        atRisk,
        events,
        intercept: atZero,
        standardError: Math.sqrt(1 / weight + spread),
        weight,
        means,
      };
    }),
    logLikelihood: fit.logLikelihood,
    nullLogLikelihood: fit.nullLogLikelihood,
    likelihoodRatio: chiSquareTest(2 * (fit.logLikelihood - fit.nullLogLikelihood), size),
    atRisk: periods.reduce((sum, one) => sum + one.atRisk, 0),
    events: periods.reduce((sum, one) => sum + one.events, 0),
    iterations: fit.iterations,
  };
}
