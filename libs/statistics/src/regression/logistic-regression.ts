import { Matrix } from 'ml-matrix';
import { chiSquareTest, coefficientRow, type ChiSquareTest, type HazardRatio } from '../survival/hazard-ratio.js';
import { intervalWidth } from '../survival/probability-interval.js';
import { coefficientPrior, type CoefficientPenalty } from './coefficient-prior.js';
import { checkedLogisticRows, type LogisticColumns, type LogisticRows } from './logistic-rows.js';
import { clusteredScores } from './logistic-robust.js';
import { penalisedBinomial, type PenalisedBinomial } from './penalised-binomial.js';

export interface LogisticOptions extends CoefficientPenalty {
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface LogisticFit {
  readonly names: readonly string[];
  /** Log odds where all covariates and the offset are 0. */
  readonly intercept: { readonly estimate: number; readonly standardError: number };
  /** `ratio` is of odds, for one more unit of the covariate. */
  readonly coefficients: readonly HazardRatio[];
  /** (1 + p) × (1 + p): of the intercept, then of the coefficients; by cluster if given. */
  readonly covariance: readonly (readonly number[])[];
  /** Of the data alone, without the binomial constant, so equal for rows and for counts. */
  readonly logLikelihood: number;
  /** Of the intercept (and offset) alone. */
  readonly nullLogLikelihood: number;
  /** Null under a penalty, where its distribution is not chi-squared. */
  readonly likelihoodRatio: ChiSquareTest | null;
  /** 1 + the trace of information × covariance: 1 + p without a penalty, fewer the more it pulls. */
  readonly effectiveParameters: number;
  readonly trials: number;
  readonly events: number;
  readonly iterations: number;
}

/**
 * Logistic regression: log odds(event) = intercept + x'β (+ offset), by maximum likelihood (McCullagh & Nelder 1989,
 * ch. 4), or with a ridge (le Cessie & van Houwelingen 1992) or normal priors by the posterior's mode and curvature.
 * Lines may be accounts or counts by pattern of covariates, with the same answer; the cost grows with lines × p².
 *
 * Assumes that lines are independent given the covariates, or with `cluster` that accounts are: then errors are robust,
 * the sandwich's by cluster, and a little too small below some 40 clusters; the likelihood-ratio test is not. A ridge or prior makes estimates finite under separation
 * and with collinear columns, and biased towards the prior: standard errors are then the posterior's.
 *
 * @throws StatisticsError `not-enough-data` without both outcomes; `invalid-input`; `collinear`; `separation`, naming
 *   the covariates whose estimate lies at infinity; with `cluster` as `clusteredScores`
 */
export function logisticRegression(columns: LogisticColumns, options: LogisticOptions = {}): LogisticFit {
  const z = intervalWidth(options.confidence ?? 0.95);
  const rows = checkedLogisticRows(columns);
  const { data, mean, scale, offsetMean, trials, events } = rows;
  const { names } = data;
  const prior = coefficientPrior(options, names, scale);
  const fit = penalisedBinomial(data, prior);
  const estimates = Array.from(fit.beta, (one, a) => one / scale[a]!);
  const errors = errorsOf(fit, rows);
  const inner = names.map((_, a) => names.map((__, b) => errors.inner.get(a, b) / (scale[a]! * scale[b]!)));
  const beside = names.map((_, a) => errors.beside[a]! / scale[a]!);
  // Shifted from the covariates' means, where they are known, to 0.
  const centre = names.map((_, a) => mean[a]! + scale[a]! * fit.means[a]!);
  const cross = inner.map((row, a) => row.reduce((sum, one, b) => sum - one * centre[b]!, beside[a]!));
  const shifted = cross.reduce((sum, one, a) => sum - (one + beside[a]!) * centre[a]!, errors.ofIntercept);
  // Of next to no events, rounding may leave less than nothing.
  const variance = Math.max(0, shifted);
  const atZero = estimates.reduce((sum, one, a) => sum - one * mean[a]!, fit.intercept - offsetMean);
  const nullLogLikelihood =
    names.length === 0 ? fit.logLikelihood : penalisedBinomial({ ...data, names: [], x: new Float64Array(0) }, coefficientPrior({}, [], scale)).logLikelihood; // prettier-ignore
  return {
    names,
    intercept: { estimate: atZero, standardError: Math.sqrt(variance) },
    coefficients: names.map((name, a) => coefficientRow(name, estimates[a]!, Math.sqrt(inner[a]![a]!), z)),
    covariance: [[variance, ...cross], ...inner.map((row, a) => [cross[a]!, ...row])],
    logLikelihood: fit.logLikelihood,
    nullLogLikelihood,
    likelihoodRatio: prior.isFlat ? chiSquareTest(2 * (fit.logLikelihood - nullLogLikelihood), names.length) : null,
    effectiveParameters: 1 + (names.length === 0 ? 0 : Matrix.mul(fit.information, fit.covariance).sum()),
    trials,
    events,
    iterations: fit.iterations,
  };
}

/** Of the standardised coefficients, of the intercept at the covariates' weighted means, and between the two. */
function errorsOf(fit: PenalisedBinomial, { data, clusters }: LogisticRows) {
  const size = data.names.length;
  // About these means the intercept and the coefficients are uncorrelated, unless a cluster's scores go together.
  if (clusters === null) return { inner: fit.covariance, ofIntercept: 1 / fit.weight, beside: new Array<number>(size).fill(0) }; // prettier-ignore
  const robust = clusteredScores(data, fit, clusters.codes, clusters.count);
  const inner = size === 0 ? fit.covariance : robust.subMatrix(1, size, 1, size);
  return { inner, ofIntercept: robust.get(0, 0), beside: robust.getRow(0).slice(1) };
}
