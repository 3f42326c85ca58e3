import { normalQuantile } from '../distributions.js';
import { exponential, exponentialLess1 } from '../exponential.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from './checked-column.js';

/** The scale on which an interval of a probability is symmetric. */
export type IntervalTransform = 'log-log' | 'log' | 'plain';

export interface IntervalOptions {
  /** Default `log-log`. */
  readonly transform?: IntervalTransform;
  /** Share of intervals that hold the truth, in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** Normal quantile of a two-sided interval. @throws StatisticsError `invalid-input` unless 0 < confidence < 1 */
export const intervalWidth = (confidence: number): number => normalQuantile((1 + checkConfidence(confidence)) / 2);

/**
 * Interval of a probability 0 < p < 1 with standard error s, z wide (Kalbfleisch & Prentice 2002, §1.4.2):
 * log-log p^exp(±z s / (p ln p)), log p exp(±z s / p), plain p ± z s; cut to [0, 1].
 */
export function probabilityInterval(
  p: number,
  standardError: number,
  z: number,
  transform: IntervalTransform,
): readonly [lower: number, upper: number] {
  if (standardError === 0) return [p, p];
  if (transform === 'plain') return [Math.max(0, p - z * standardError), Math.min(1, p + z * standardError)];
  if (transform === 'log') {
    const factor = exponential((z * standardError) / p);
    return [p / factor, Math.min(1, p * factor)];
  }
  const logarithm = Math.log(p);
  const half = (z * standardError) / (p * logarithm);
  return [logLogBound(p, logarithm, -half), logLogBound(p, logarithm, half)];
}

/** p^(e^h) as p e^(ln p (e^h - 1)): with many rows all exponents are small. */
const logLogBound = (p: number, logarithm: number, half: number): number =>
  p * exponential(logarithm * exponentialLess1(half));

/**
 * The same for a column of probabilities above 0, into columns: those of a large curve are most of its time, so that
 * nothing is made for a step, and nothing worked out twice.
 */
export function probabilityIntervals(
  probability: Float64Array,
  standardError: Float64Array,
  z: number,
  transform: IntervalTransform,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const [lower, upper] = [new Float64Array(probability.length), new Float64Array(probability.length)];
  for (let j = 0; j < probability.length; j++) {
    const p = probability[j]!;
    const s = standardError[j]!;
    if (j > 0 && p === probability[j - 1] && s === standardError[j - 1]) {
      lower[j] = lower[j - 1]!;
      upper[j] = upper[j - 1]!;
    } else if (transform === 'log-log' && s > 0) {
      const logarithm = Math.log(p);
      const half = (z * s) / (p * logarithm);
      lower[j] = logLogBound(p, logarithm, -half);
      upper[j] = logLogBound(p, logarithm, half);
    } else {
      const [low, high] = probabilityInterval(p, s, z, transform);
      lower[j] = low;
      upper[j] = high;
    }
  }
  return { lower, upper };
}

export function checkTransform(transform: IntervalTransform): IntervalTransform {
  if (transform === 'log-log' || transform === 'log' || transform === 'plain') return transform;
  throw new StatisticsError('invalid-input', `transform is ${String(transform)}: give log-log, log or plain.`);
}
