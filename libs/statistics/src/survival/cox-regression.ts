import type { Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import { coxData, type CoxColumns, type CoxData } from './cox-data.js';
import { clusteredCovariance } from './cox-robust.js';
import { coefficientRow, chiSquareTest, type ChiSquareTest, type HazardRatio } from './hazard-ratio.js';
import { checkIndependent, fromPacked, invertPositive, solvePositive } from './information-matrix.js';
import { movedCovariates, predictorMovement } from './predictor-movement.js';
import { newtonMaximum, type Ascent } from './newton-maximum.js';
import { partialLikelihood } from './partial-likelihood.js';
import { intervalWidth } from './probability-interval.js';
import type { TieMethod } from './risk-set-sweep.js';

export interface CoxOptions {
  /** Default `efron`. With very many ties in `counts` Breslow's cost does not grow with their number. */
  readonly ties?: TieMethod;
  /** Sandwich errors, each row (or each cluster, which implies it) on its own. Needed when weights are not counts. */
  readonly robust?: boolean;
  readonly confidence?: number;
}

export interface CoxFit {
  readonly names: readonly string[];
  /** In the order of `names`; errors are robust if asked for. */
  readonly coefficients: readonly HazardRatio[];
  /** Of the coefficients; robust if asked for. */
  readonly covariance: readonly (readonly number[])[];
  /** Inverse information. */
  readonly modelCovariance: readonly (readonly number[])[];
  readonly isRobust: boolean;
  /** Weighted means of the covariates. */
  readonly means: readonly number[];
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  /** Against no effect of any covariate. The Wald test uses `covariance`; the other two are not robust. */
  readonly likelihoodRatio: ChiSquareTest;
  readonly wald: ChiSquareTest;
  readonly score: ChiSquareTest;
  readonly ties: TieMethod;
  /** With weight above 0. */
  readonly rows: number;
  readonly events: number;
  readonly iterations: number;
}

/**
 * Cox's proportional hazards: hazard(t | x) = h0(t) exp(x'β), h0 by stratum, fitted by Newton–Raphson on the partial
 * likelihood (Cox 1972; ties Efron 1977 or Breslow 1974). Rows may start late and change covariates, (start, time].
 * O(n log n + iterations n p²).
 *
 * Assumes that a covariate's effect does not change over time (`schoenfeldTest`), and that its value was known when the
 * row's clock started. A milestone reached later is no such covariate: see `milestoneEffect`.
 *
 * @throws StatisticsError as `coxData`; `collinear`, `separation`, `no-convergence`
 */
export function coxRegression(columns: CoxColumns, options: CoxOptions = {}): CoxFit {
  const { ties = 'efron', confidence = 0.95 } = options;
  const z = intervalWidth(confidence);
  const data = coxData(columns);
  const { names, mean, scale } = data;
  const { count, eventWeight } = events(data);
  const evaluate = (beta: Float64Array): CoxAscent | null => {
    const { logLikelihood, gradient, information: packed } = partialLikelihood(data, beta, ties);
    const information = fromPacked(packed, names.length);
    if (beta.every((one) => one === 0)) checkIndependent(information, names, eventWeight);
    const step = Number.isFinite(logLikelihood) ? solvePositive(information, gradient) : null;
    if (step === null) return null;
    return { logLikelihood, step, decrement: dot(gradient, step), information };
  };
  const { point, begin, end, iterations } = newtonMaximum({
    start: new Float64Array(names.length),
    evaluate,
    movement: (step) => predictorMovement(data, step),
    moved: (step) => movedCovariates(data, step),
    unit: eventWeight / count,
  });
  const standardised = invertPositive(end.information)!;
  const isRobust = options.robust ?? columns.cluster !== undefined;
  const robust = isRobust ? clusteredCovariance(data, point, standardised, ties, columns.cluster) : standardised;
  const unscaled = (matrix: Matrix): number[][] =>
    matrix.to2DArray().map((row, a) => row.map((one, b) => one / (scale[a]! * scale[b]!)));
  const covariance = unscaled(robust);
  return {
    names,
    coefficients: names.map((name, a) => coefficientRow(name, point[a]! / scale[a]!, Math.sqrt(covariance[a]![a]!), z)),
    covariance,
    modelCovariance: unscaled(standardised),
    isRobust,
    means: Array.from(mean),
    logLikelihood: end.logLikelihood,
    nullLogLikelihood: begin.logLikelihood,
    likelihoodRatio: chiSquareTest(2 * (end.logLikelihood - begin.logLikelihood), names.length),
    wald: waldTest(robust, point),
    score: chiSquareTest(begin.decrement, names.length),
    ties,
    rows: data.rows,
    events: count,
    iterations,
  };
}

interface CoxAscent extends Ascent {
  readonly information: Matrix;
}

/** @throws StatisticsError `not-enough-data` where robust errors say nothing of some direction */
function waldTest(covariance: Matrix, point: Float64Array): ChiSquareTest {
  const solved = solvePositive(covariance, point);
  if (solved !== null) return chiSquareTest(dot(point, solved), point.length);
  throw new StatisticsError(
    'not-enough-data',
    'Robust errors are singular: too few clusters differ; leave robust off.',
  );
}

/** Number and weight of the events. */
function events({ event, weight, count }: CoxData): { count: number; eventWeight: number } {
  let [total, eventWeight] = [0, 0];
  event.forEach((one, i) => {
    total += one * count[i]!;
    eventWeight += one * weight[i]! * count[i]!;
  });
  return { count: total, eventWeight };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, one, i) => sum + one * b[i]!, 0);
