import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';
import { LARGEST, finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';
import { intervalWidth } from '../survival/probability-interval.js';
import type { ShrinkageOptions } from './beta-binomial-shrinkage.js';

/** One row a segment: an estimate that is about normal, such as a mean or a log rate, and its standard error. */
export interface NormalEstimates {
  readonly estimates: ArrayLike<number>;
  /** Above 0. */
  readonly standardErrors: ArrayLike<number>;
  /** How many segments a row stands for. Default 1. */
  readonly weights?: ArrayLike<number>;
}

export interface NormalSegment {
  readonly raw: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** From 0 to 1: the weight of the other segments in the estimate. */
  readonly pull: number;
}

export interface NormalShrinkage {
  readonly mean: { readonly estimate: number; readonly standardError: number };
  /** Standard deviation of the segments' true values; 0 where they differ by no more than their errors: pooled. */
  readonly spread: number;
  readonly segments: readonly NormalSegment[];
}

/**
 * Normal-normal empirical Bayes: true values are N(mean, spread²), each seen with its own error. The spread is the one
 * at which the weighted squares about the weighted mean are as large as expected, K - 1 (Paule & Mandel 1982). A
 * segment's variance is (1 - pull) s² + pull² var(mean): that of the mean is counted, that of the spread is not, so
 * intervals are too narrow below about 10 segments. In units of the estimates.
 *
 * @throws StatisticsError `not-enough-data` below 2 segments, `invalid-input`
 */
export function normalShrinkage(rows: NormalEstimates, options: ShrinkageOptions = {}): NormalShrinkage {
  const z = intervalWidth(options.confidence ?? 0.95);
  const count = lengthOf('estimates', rows.estimates);
  const x = finiteColumn('estimates', rows.estimates, count);
  const s = finiteColumn('standardErrors', rows.standardErrors, count);
  const own = rows.weights === undefined ? new Float64Array(count).fill(1) : weightColumn(rows.weights, count);
  const none = s.findIndex((one) => !(one > 1 / LARGEST));
  if (none >= 0) throw new StatisticsError('invalid-input', `standardErrors[${none}] is ${s[none]}: give a number above 0.`); // prettier-ignore
  const segments = own.reduce((sum, one) => sum + one, 0);
  if (segments < 2) throw new StatisticsError('not-enough-data', `${segments} segments: give at least 2.`);
  const at = (spread: number) => {
    let [total, sum, squares] = [0, 0, 0];
    x.forEach((one, i) => {
      const weight = own[i]! / (s[i]! * s[i]! + spread * spread);
      total += weight;
      sum += weight * (one - x[0]!);
    });
    const mean = x[0]! + sum / total;
    x.forEach((one, i) => (squares += (own[i]! * (one - mean) ** 2) / (s[i]! * s[i]! + spread * spread)));
    return { mean, variance: 1 / total, excess: squares - (segments - 1) };
  };
  const range = x.reduce((most, one) => Math.max(most, one), -Infinity) - x.reduce((least, one) => Math.min(least, one), Infinity); // prettier-ignore
  // At a spread of range × √K the squares are at most 1.
  const far = range * Math.sqrt(segments);
  const spread = at(0).excess > 0 ? bracketedRoot((one) => at(one).excess, 0, far, 1e-13 * far) : 0;
  const { mean, variance } = at(spread);
  return {
    mean: { estimate: mean, standardError: Math.sqrt(variance) },
    spread,
    segments: Array.from(x, (raw, i) => {
      const pull = (s[i]! * s[i]!) / (s[i]! * s[i]! + spread * spread);
      const half = z * Math.sqrt((1 - pull) * s[i]! * s[i]! + pull * pull * variance);
      const estimate = pull * mean + (1 - pull) * raw;
      return { raw, estimate, lower: estimate - half, upper: estimate + half, pull };
    }),
  };
}
