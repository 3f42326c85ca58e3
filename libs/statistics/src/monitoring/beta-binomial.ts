import { betaCdf, betaQuantile } from '../distributions.js';
import type { DayDistribution } from './expected-range.js';

/** Above so many trials what chance adds to the share is folded into its beta distribution. */
const MOST_TRIALS = 200_000;

/** Events of n trials whose chance is Beta(a, b): by the ratio of neighbouring probabilities, all of them. */
export function betaBinomial(n: number, a: number, b: number): DayDistribution {
  const expected = (n * a) / (a + b);
  if (n > MOST_TRIALS) return folded(n, a, b, expected);
  const probability = new Float64Array(n + 1);
  const start = Math.min(n, Math.floor(expected));
  probability[start] = 1;
  for (let k = start; k < n; k++) probability[k + 1] = (probability[k]! * (n - k) * (a + k)) / ((k + 1) * (b + n - k - 1)); // prettier-ignore
  for (let k = start; k > 0; k--) probability[k - 1] = (probability[k]! * k * (b + n - k)) / ((n - k + 1) * (a + k - 1)); // prettier-ignore
  const total = probability.reduce((sum, one) => sum + one, 0);
  let sum = 0;
  const below = probability.map((one) => (sum += one / total));
  return {
    expected,
    cdf: (x) => (x < 0 ? 0 : below[Math.min(n, x)]!),
    quantile: (p) => {
      const found = below.findIndex((one) => one >= p);
      return found < 0 ? n : found;
    },
  };
}

function folded(n: number, a: number, b: number, expected: number): DayDistribution {
  const within = 1 / (a + b + 1);
  const size = 1 / (within + (1 - within) / n) - 1;
  const [alpha, beta] = [(size * a) / (a + b), (size * b) / (a + b)];
  return {
    expected,
    cdf: (x) => (x < 0 ? 0 : x >= n ? 1 : betaCdf((x + 0.5) / n, alpha, beta)),
    quantile: (p) => Math.min(n, Math.max(0, Math.ceil(n * betaQuantile(p, alpha, beta) - 0.5))),
  };
}
