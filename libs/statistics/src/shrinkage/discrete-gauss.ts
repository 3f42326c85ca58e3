import { EVD, Matrix } from 'ml-matrix';

export interface WeightedPoints {
  readonly at: readonly number[];
  /** Not normalised. */
  readonly weight: readonly number[];
}

/**
 * Few points with the same moments as many, up to the (2 count - 1)th: Gauss quadrature of a discrete measure, by
 * Stieltjes's recurrence and the eigenvalues of its Jacobi matrix (Golub & Welsch 1969). Weights add up to 1.
 *
 * @param count well below the number of points
 */
export function discreteGauss({ at, weight }: WeightedPoints, count: number): WeightedPoints {
  const jacobi = new Matrix(count, count);
  let [before, here] = [at.map(() => 0), at.map(() => 1)];
  let [normBefore, beta] = [1, 0];
  for (let k = 0; k < count; k++) {
    const norm = weight.reduce((sum, w, i) => sum + w * here[i]! ** 2, 0);
    const alpha = weight.reduce((sum, w, i) => sum + w * at[i]! * here[i]! ** 2, 0) / norm;
    beta = k === 0 ? 0 : norm / normBefore;
    jacobi.set(k, k, alpha);
    if (k > 0) {
      jacobi.set(k, k - 1, Math.sqrt(beta));
      jacobi.set(k - 1, k, Math.sqrt(beta));
    }
    [before, here] = [here, here.map((one, i) => (at[i]! - alpha) * one - beta * before[i]!)];
    normBefore = norm;
  }
  const { realEigenvalues, eigenvectorMatrix } = new EVD(jacobi, { assumeSymmetric: true });
  return { at: realEigenvalues, weight: eigenvectorMatrix.getRow(0).map((one) => one * one) };
}
