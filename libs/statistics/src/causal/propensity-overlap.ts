import { StatisticsError } from '../statistics-error.js';
import { scoreColumn, treatedRows } from './treated-rows.js';

export interface PropensityOverlap {
  /** Lowest and highest score that both arms reach; null where the arms do not meet. */
  readonly commonRange: readonly [number, number] | null;
  /** Share of accounts outside it. */
  readonly outsideCommon: number;
  /** Share of accounts with a score below 0.1 or above 0.9 (Crump et al. 2009). */
  readonly extreme: number;
  /** Σ of the smaller of the arms' shares by bin: 1 if they are spread alike, 0 if they never meet. */
  readonly coefficient: number;
  /** Bins of equal width on [0, 1]: shares of each arm's accounts, which sum to 1. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly treated: number; readonly others: number }[]; // prettier-ignore
}

/**
 * How far the arms' propensity scores overlap: without overlap nobody in one arm tells how the other would have fared.
 *
 * @throws StatisticsError `invalid-input`, `not-enough-data`
 */
export function propensityOverlap(
  treated: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { readonly counts?: ArrayLike<number>; readonly bins?: number } = {},
): PropensityOverlap {
  const { bins = 20 } = options;
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= 1000)) {
    throw new StatisticsError('invalid-input', `bins is ${bins}: give a whole number from 2 to 1000.`);
  }
  const rows = treatedRows(treated, options.counts);
  const score = scoreColumn(scores, rows.treated.length);
  const shares = [new Float64Array(bins), new Float64Array(bins)] as const;
  const range = [[1, 0], [1, 0]] as [[number, number], [number, number]]; // prettier-ignore
  score.forEach((e, i) => {
    const arm = rows.treated[i] as 0 | 1;
    if (rows.count[i] === 0) return;
    shares[arm][Math.min(bins - 1, Math.floor(e * bins))]! += rows.count[i]! / rows.sizes[arm];
    range[arm] = [Math.min(range[arm][0], e), Math.max(range[arm][1], e)];
  });
  const [low, high] = [Math.max(range[0][0], range[1][0]), Math.min(range[0][1], range[1][1])];
  const total = rows.sizes[0] + rows.sizes[1];
  const shareOf = (isIn: (e: number) => boolean): number =>
    score.reduce((sum, e, i) => sum + (isIn(e) ? rows.count[i]! / total : 0), 0);
  return {
    commonRange: low <= high ? [low, high] : null,
    outsideCommon: shareOf((e) => e < low || e > high),
    extreme: shareOf((e) => e < 0.1 || e > 0.9),
    coefficient: shares[0].reduce((sum, one, bin) => sum + Math.min(one, shares[1][bin]!), 0),
    bins: Array.from(shares[0], (others, bin) => ({ from: bin / bins, to: (bin + 1) / bins, treated: shares[1][bin]!, others })), // prettier-ignore
  };
}
