import { Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import { LARGEST } from '../survival/checked-column.js';
import type { BinomialData } from '../survival/binomial-likelihood.js';
import type { PenalisedBinomial } from './penalised-binomial.js';

/**
 * The sandwich by clusters (Liang & Zeger 1986; White 1980): B (Σ s s') B, s the sum of a cluster's scores and B the
 * inverse of information and prior. Of the intercept at the information-weighted means of the covariates, where B has
 * no entries beside its block, then of the standardised coefficients. Without correction for few clusters, as R's
 * `vcovCL(type = "HC0", cadjust = FALSE)`.
 *
 * @throws StatisticsError `not-enough-data` with fewer clusters than coefficients: the matrix would be singular
 */
export function clusteredScores(
  { x, events, trials, offset, names }: BinomialData,
  fit: PenalisedBinomial,
  codes: Uint32Array,
  clusters: number,
): Matrix {
  const size = names.length + 1;
  if (clusters < size) {
    throw new StatisticsError('not-enough-data', `${clusters} clusters cannot give robust errors of ${size} coefficients: give at least ${size}, or leave cluster out.`); // prettier-ignore
  }
  if (!(1 / fit.weight < LARGEST)) {
    throw new StatisticsError('not-enough-data', 'The events come to next to nothing, and so does what they tell: count them in a smaller unit.'); // prettier-ignore
  }
  const sums = new Float64Array(clusters * size);
  for (let i = 0; i < events.length; i++) {
    const at = i * names.length;
    const eta = fit.beta.reduce((sum, one, a) => sum + one * x[at + a]!, fit.intercept + offset[i]!);
    const score = events[i]! - trials[i]! / (1 + Math.exp(-eta));
    const own = codes[i]! * size;
    sums[own]! += score;
    for (let a = 0; a < names.length; a++) sums[own + 1 + a]! += score * (x[at + a]! - fit.means[a]!);
  }
  const middle = Matrix.zeros(size, size);
  for (let own = 0; own < sums.length; own += size) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) middle.set(a, b, middle.get(a, b) + sums[own + a]! * sums[own + b]!);
    }
  }
  const bread = Matrix.zeros(size, size);
  bread.set(0, 0, 1 / fit.weight);
  for (let a = 1; a < size; a++) for (let b = 1; b < size; b++) bread.set(a, b, fit.covariance.get(a - 1, b - 1));
  return bread.mmul(middle).mmul(bread);
}
