import { StatisticsError } from '../statistics-error.js';

const MOST_STEPS = 2_000_000;
const PRECISION = 1e-15;

/**
 * Gauss's hypergeometric function 2F1(1, b; c; z) = Σ z^k b(b+1)…(b+k-1)/(c(c+1)…(c+k-1)), by his continued fraction
 * (Abramowitz & Stegun 15.3; Lentz's evaluation) until a step changes it by less than 1e-15. All its coefficients are
 * positive for 0 < b < c, and it needs about 18/√(1 - z) steps, where the series needs 30/(1 - z). Right to 10 digits for
 * 1 - z down to 1e-6; below, rounding takes about one more for each power of 10.
 *
 * @param z from 0 to below 1; at 1 the sum is (c - 1)/(c - b - 1) if c - b > 1
 * @throws StatisticsError `no-convergence` after 2,000,000 steps, for 1 - z below 1e-10
 */
export function betaGeometricSum(b: number, c: number, z: number): number {
  if (z === 1 && c - b > 1) return (c - 1) / (c - b - 1);
  const coefficient = (k: number): number => {
    if (k === 1) return b / c;
    const m = Math.floor(k / 2);
    if (k % 2 === 1) return ((b + m) * (c + (m - 1))) / ((c + (2 * m - 1)) * (c + 2 * m));
    return (m * (c - b + (m - 1))) / ((c + (2 * m - 2)) * (c + (2 * m - 1)));
  };
  let [f, numerator, denominator] = [1, 1, 0];
  for (let k = 1; k <= MOST_STEPS; k++) {
    const term = -coefficient(k) * z;
    denominator = 1 / (1 + term * denominator);
    numerator = 1 + term / numerator;
    const change = numerator * denominator;
    f *= change;
    if (Math.abs(change - 1) < PRECISION) return 1 / f;
  }
  throw new StatisticsError('no-convergence', `The sum at ${z} a term has not settled after ${MOST_STEPS} steps: give a larger discount, or a number of terms.`); // prettier-ignore
}
