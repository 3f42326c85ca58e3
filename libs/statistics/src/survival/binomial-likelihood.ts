import type { Matrix } from 'ml-matrix';
import { binomialTerm, type BinomialTerm, type HazardLink } from './binomial-link.js';
import { fromPacked } from './information-matrix.js';
import { weightedProducts } from './weighted-products.js';

/** Events among trials by line, each line in a group that has an intercept of its own. */
export interface BinomialData {
  readonly names: readonly string[];
  readonly link: HazardLink;
  readonly events: Float64Array;
  readonly trials: Float64Array;
  readonly offset: Float64Array;
  readonly group: Uint32Array;
  readonly groups: number;
  /** Line by line, standardised. */
  readonly x: Float64Array;
}

export interface BinomialLikelihood {
  readonly logLikelihood: number;
  readonly groupGradient: Float64Array;
  readonly gradient: Float64Array;
  /** Information on each intercept, and the mean of the covariates by that weight, row by row. */
  readonly groupWeight: Float64Array;
  readonly groupMean: Float64Array;
  /** Information on the coefficients once the intercepts are fitted: about the groups' means. */
  readonly information: Matrix;
}

/**
 * One pass over the lines. The intercepts' block of the information is diagonal, so only p × p is ever solved however
 * many periods there are. `point` holds the intercepts, then the coefficients.
 */
export function binomialLikelihood(
  data: BinomialData,
  point: Float64Array,
  kind: 'observed' | 'expected',
): BinomialLikelihood {
  const size = data.names.length;
  const { x, group, groups } = data;
  const groupGradient = new Float64Array(groups);
  const groupWeight = new Float64Array(groups);
  const groupMean = new Float64Array(groups * size);
  const gradient = new Float64Array(size);
  const weights = new Float64Array(data.events.length);
  const term: BinomialTerm = { logLikelihood: 0, score: 0, observed: 0, expected: 0 };
  let logLikelihood = 0;
  for (let i = 0; i < data.events.length; i++) {
    const at = i * size;
    const j = group[i]!;
    let eta = data.offset[i]! + point[j]!;
    for (let a = 0; a < size; a++) eta += x[at + a]! * point[groups + a]!;
    binomialTerm(data.link, eta, data.events[i]!, data.trials[i]!, term);
    logLikelihood += term.logLikelihood;
    const { score, [kind]: weight } = term;
    weights[i] = weight;
    groupGradient[j]! += score;
    groupWeight[j]! += weight;
    for (let a = 0; a < size; a++) {
      const value = x[at + a]!;
      gradient[a]! += score * value;
      groupMean[j * size + a]! += weight * value;
    }
  }
  const packed = weightedProducts(x, weights, size);
  for (let j = 0; j < groups; j++) {
    for (let a = 0; a < size; a++) groupMean[j * size + a]! /= groupWeight[j]!;
    for (let a = 0, ab = 0; a < size; a++) {
      const weighted = groupWeight[j]! * groupMean[j * size + a]!;
      for (let b = 0; b <= a; b++) packed[ab++]! -= weighted * groupMean[j * size + b]!;
    }
  }
  return { logLikelihood, groupGradient, gradient, groupWeight, groupMean, information: fromPacked(packed, size) };
}
