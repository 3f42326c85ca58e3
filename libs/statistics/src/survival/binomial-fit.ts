import { Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import { binomialLikelihood, type BinomialData, type BinomialLikelihood } from './binomial-likelihood.js';
import { linkOf } from './binomial-link.js';
import { checkIndependent, invertPositive, solvePositive } from './information-matrix.js';
import { newtonMaximum, type Ascent } from './newton-maximum.js';
import { movedCovariates, predictorMovement, separatesOutcomes } from './predictor-movement.js';

export interface BinomialFit {
  readonly intercepts: Float64Array;
  /** Of the standardised covariates. */
  readonly beta: Float64Array;
  /** Of `beta`, from the expected information, as glm reports it. */
  readonly covariance: Matrix;
  readonly groupWeight: Float64Array;
  readonly groupMean: Float64Array;
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  readonly iterations: number;
}

interface BinomialAscent extends Ascent {
  readonly likelihood: BinomialLikelihood;
}

/**
 * Maximum likelihood of a binomial regression with an intercept for each group: iteratively reweighted least squares
 * with observed weights, which is Newton's method. Every group must have both events and others.
 *
 * @throws StatisticsError `collinear`, `separation`, `no-convergence`
 */
export function binomialFit(data: BinomialData): BinomialFit {
  const { names, groups } = data;
  const start = Float64Array.from([...startIntercepts(data), ...names.map(() => 0)]);
  if (names.length > 0) {
    const { information, groupWeight } = binomialLikelihood(data, start, 'observed');
    checkIndependent(information, names, groupWeight.reduce((sum, one) => sum + one, 0)); // prettier-ignore
  }
  const { point, begin, end, iterations } = newtonMaximum<BinomialAscent>({
    start,
    evaluate: (at) => ascent(data, at),
    movement: (step) => predictorMovement(data, step.subarray(groups)),
    separates: (step) => names.length > 0 && separatesOutcomes(data, step),
    moved: (step) => movedCovariates(data, step.subarray(groups)),
    unit: 1,
  });
  const { groupWeight, groupMean, information } = binomialLikelihood(data, point, 'expected');
  const covariance = names.length === 0 ? Matrix.zeros(0, 0) : invertPositive(information);
  if (covariance === null) {
    throw new StatisticsError('no-convergence', `The information on ${names.join(', ')} cannot be inverted: leave some of them out.`); // prettier-ignore
  }
  const hasOffset = data.offset.some((one) => one !== 0);
  const withoutCovariates = hasOffset && names.length > 0;
  return {
    intercepts: point.slice(0, groups),
    beta: point.slice(groups),
    covariance,
    groupWeight,
    groupMean,
    logLikelihood: end.logLikelihood,
    nullLogLikelihood: withoutCovariates
      ? binomialFit({ ...data, names: [], x: new Float64Array(0) }).logLikelihood
      : names.length > 0
        ? begin.logLikelihood
        : end.logLikelihood,
    iterations,
  };
}

function ascent(data: BinomialData, point: Float64Array): BinomialAscent | null {
  const likelihood = binomialLikelihood(data, point, 'observed');
  const { logLikelihood, gradient, groupGradient, groupWeight, groupMean, information } = likelihood;
  const size = data.names.length;
  if (!Number.isFinite(logLikelihood)) return null;
  const left = gradient.map((one, a) =>
    groupGradient.reduce((sum, own, j) => sum - own * groupMean[j * size + a]!, one),
  );
  const beta = size === 0 ? new Float64Array(0) : solvePositive(information, left);
  if (beta === null) return null;
  const step = new Float64Array(data.groups + size);
  let decrement = 0;
  for (let j = 0; j < data.groups; j++) {
    step[j] = groupGradient[j]! / groupWeight[j]!;
    for (let a = 0; a < size; a++) step[j]! -= groupMean[j * size + a]! * beta[a]!;
    decrement += step[j]! * groupGradient[j]!;
  }
  for (let a = 0; a < size; a++) decrement += (step[data.groups + a] = beta[a]!) * gradient[a]!;
  return Number.isFinite(decrement) ? { logLikelihood, step, decrement, likelihood } : null;
}

/** Each group's own share of events: the estimate itself where there is nothing else in the model. */
function startIntercepts({ events, trials, group, groups, link }: BinomialData): Float64Array {
  const sums = [new Float64Array(groups), new Float64Array(groups)] as const;
  events.forEach((count, i) => {
    sums[0][group[i]!]! += count;
    sums[1][group[i]!]! += trials[i]!;
  });
  return sums[0].map((count, j) => linkOf(link, count / sums[1][j]!));
}
