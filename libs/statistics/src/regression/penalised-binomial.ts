import { Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import { binomialLikelihood, type BinomialData, type BinomialLikelihood } from '../survival/binomial-likelihood.js';
import { linkOf } from '../survival/binomial-link.js';
import { checkIndependent, invertPositive, solvePositive } from '../survival/information-matrix.js';
import { newtonMaximum, type Ascent } from '../survival/newton-maximum.js';
import { movedCovariates, predictorMovement, separatesOutcomes } from '../survival/predictor-movement.js';
import type { CoefficientPrior } from './coefficient-prior.js';

export interface PenalisedBinomial {
  readonly intercept: number;
  /** Of the standardised covariates. */
  readonly beta: Float64Array;
  /** Of `beta`: the inverse of the information and the prior's precision. */
  readonly covariance: Matrix;
  /** Of the data alone, about the means below. */
  readonly information: Matrix;
  /** Information on the intercept, and the covariates' means by it. */
  readonly weight: number;
  readonly means: Float64Array;
  /** Without the prior, and without the binomial constant. */
  readonly logLikelihood: number;
  readonly iterations: number;
}

interface LikelihoodAscent extends Ascent {
  readonly likelihood: BinomialLikelihood;
}

/**
 * The maximum of a binomial log-likelihood in one group plus the log of independent normal priors: iteratively
 * reweighted least squares, each step of which the prior's precision joins as if it were rows.
 *
 * @throws StatisticsError `collinear`, `separation`, `no-convergence`
 */
export function penalisedBinomial(data: BinomialData, prior: CoefficientPrior): PenalisedBinomial {
  const { names } = data;
  const sum = (column: Float64Array): number => column.reduce((total, one) => total + one, 0);
  const start = Float64Array.from([linkOf(data.link, sum(data.events) / sum(data.trials)), ...prior.mean]);
  const priorPrecision = Matrix.diag(Array.from(prior.precision));
  const withPrior = (information: Matrix): Matrix =>
    names.length === 0 ? information : Matrix.add(information, priorPrecision);
  const first = binomialLikelihood(data, start, 'observed');
  if (names.length > 0) checkIndependent(withPrior(first.information), names, first.groupWeight[0]!);
  const evaluate = (point: Float64Array): LikelihoodAscent | null => {
    const likelihood = point === start ? first : binomialLikelihood(data, point, 'observed');
    const { logLikelihood, gradient, groupGradient, groupWeight, groupMean, information } = likelihood;
    let value = logLikelihood;
    const pull = prior.mean.map((centre, a) => {
      const away = point[1 + a]! - centre;
      value -= (prior.precision[a]! * away * away) / 2;
      return -prior.precision[a]! * away;
    });
    const slope = gradient.map((one, a) => one + pull[a]!);
    const left = slope.map((one, a) => one - groupGradient[0]! * groupMean[a]!);
    const beta = names.length === 0 ? new Float64Array(0) : solvePositive(withPrior(information), left);
    if (beta === null || !Number.isFinite(value)) return null;
    const shift = beta.reduce((total, one, a) => total - groupMean[a]! * one, groupGradient[0]! / groupWeight[0]!);
    const decrement = beta.reduce((total, one, a) => total + one * slope[a]!, shift * groupGradient[0]!);
    return Number.isFinite(decrement)
      ? { logLikelihood: value, step: Float64Array.from([shift, ...beta]), decrement, likelihood }
      : null;
  };
  const { point, end, iterations } = newtonMaximum<LikelihoodAscent>({
    start,
    evaluate,
    movement: (step) => predictorMovement(data, step.subarray(1)),
    separates: (step) => names.length > 0 && prior.isFlat && separatesOutcomes(data, step),
    moved: (step) => movedCovariates(data, step.subarray(1)),
    unit: 1,
  });
  const { logLikelihood, groupWeight, groupMean, information } = expectedAt(data, point, end.likelihood);
  const covariance = names.length === 0 ? Matrix.zeros(0, 0) : invertPositive(withPrior(information));
  if (covariance === null) {
    throw new StatisticsError('no-convergence', `The information on ${names.join(', ')} cannot be inverted: leave some of them out, or give a ridge.`); // prettier-ignore
  }
  return { intercept: point[0]!, beta: point.slice(1), covariance, information, weight: groupWeight[0]!, means: groupMean, logLikelihood, iterations }; // prettier-ignore
}

/** Under the logit link the information is the same as seen and as expected. */
function expectedAt(data: BinomialData, point: Float64Array, observed: BinomialLikelihood): BinomialLikelihood {
  return data.link === 'logit' ? observed : binomialLikelihood(data, point, 'expected');
}
