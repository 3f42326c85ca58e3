import { coshLess1OfSmall, exponential, isSmall, logarithmOf1Less, sinhOfSmall } from '../small-numbers.js';
import type { CheckedRiskTable } from './checked-risk-table.js';

/** One value for each time of the risk table. */
export interface ProductLimit {
  readonly survival: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The product-limit estimate with Greenwood's error and log-log bounds z wide, as `intervalInto` has them:
 * S^(e^h) as S e^(ln S (e^h - 1)) with h = ± z √V / ln S and V = Σ d/(n(n - d)).
 *
 * All in one loop: a number that is handed to a function, or comes from one, the engine puts in memory, unless it copies
 * the function to here, which it does for a few short ones only. ln S is summed up beside S.
 */
export function productLimit({ atRisk, events }: CheckedRiskTable, z: number): ProductLimit {
  const size = atRisk.length;
  const survival = new Float64Array(size);
  const standardError = new Float64Array(size);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  let left = 1;
  let logarithm = 0;
  let variance = 0;
  let error = 0;
  let low = 1;
  let high = 1;
  for (let j = 0; j < size; j++) {
    const n = atRisk[j]!;
    const d = events[j]!;
    if (d > 0 && left > 0) {
      left *= (n - d) / n;
      logarithm += logarithmOf1Less(d / n);
      variance += d / (n * (n - d));
      const root = Math.sqrt(variance);
      // Both may be too small for a number: few events of very many.
      const h = variance > 0 ? (z * root) / -logarithm : 0;
      if (left === 0) {
        error = low = 0;
      } else if (isSmall(h)) {
        error = left * root;
        const odd = sinhOfSmall(h);
        const even = coshLess1OfSmall(h);
        low = left * exponential(logarithm * (even + odd));
        high = left * exponential(logarithm * (even - odd));
      } else {
        error = left * root;
        low = left * Math.exp(logarithm * Math.expm1(h));
        high = left * Math.exp(logarithm * Math.expm1(-h));
      }
    }
    survival[j] = left;
    standardError[j] = error;
    lower[j] = low;
    upper[j] = high;
  }
  return { survival, standardError, lower, upper };
}
