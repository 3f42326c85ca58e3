import { Matrix } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import type { CoxData } from './cox-data.js';
import { labelCodes, type Label } from './label-codes.js';
import type { TieMethod } from './risk-set-sweep.js';
import { scoreResiduals } from './score-residuals.js';

/**
 * Lin & Wei's (1989) sandwich for standardised coefficients: D'D, D the sums of weighted score residuals by cluster
 * times the inverse information. Without clusters each row is one, and each of its `counts`.
 *
 * @throws StatisticsError `not-enough-data` with no more clusters than covariates: the matrix would be singular
 */
export function clusteredCovariance(
  data: CoxData,
  beta: Float64Array,
  inverse: Matrix,
  ties: TieMethod,
  cluster: ArrayLike<Label> | undefined,
): Matrix {
  const size = data.names.length;
  const residuals = scoreResiduals(data, beta, ties);
  const { codes, clusters } = clusterCodes(data, cluster);
  if (clusters <= size) {
    throw new StatisticsError(
      'not-enough-data',
      `${clusters} clusters cannot give robust errors of ${size} coefficients: give at least ${size + 1}, or leave robust off.`,
    );
  }
  const sums = new Float64Array(clusters * size);
  const repeats = cluster === undefined ? data.count : null;
  for (let i = 0; i < data.rows; i++) {
    const importance = data.weight[i]! * (repeats === null ? data.count[i]! : 1);
    for (let a = 0; a < size; a++) sums[codes[i]! * size + a]! += importance * residuals[i * size + a]!;
  }
  const middle = Matrix.zeros(size, size);
  for (let c = 0; c < clusters; c++) {
    const times = repeats === null ? 1 : repeats[c]!;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        middle.set(a, b, middle.get(a, b) + times * sums[c * size + a]! * sums[c * size + b]!);
      }
    }
  }
  return inverse.mmul(middle).mmul(inverse);
}

function clusterCodes(data: CoxData, cluster: ArrayLike<Label> | undefined): { codes: Uint32Array; clusters: number } {
  if (cluster === undefined)
    return { codes: Uint32Array.from({ length: data.rows }, (_, i) => i), clusters: data.rows };
  const labels = Array.from(data.origin, (row) => cluster[row]!);
  const { codes, labels: clusters } = labelCodes('cluster', labels, data.rows);
  return { codes, clusters: clusters.length };
}
