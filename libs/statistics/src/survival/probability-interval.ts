import { normalQuantile } from '../distributions.js';
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
  const bounds = new Float64Array(2);
  intervalInto(bounds, p, standardError, z, transform);
  return [bounds[0]!, bounds[1]!];
}

/** The same, lower then upper, into two places: of a large curve nothing should be made for a step. */
export function intervalInto(
  bounds: Float64Array,
  p: number,
  standardError: number,
  z: number,
  transform: IntervalTransform,
): void {
  if (standardError === 0) {
    bounds.fill(p);
  } else if (transform === 'plain') {
    bounds[0] = Math.max(0, p - z * standardError);
    bounds[1] = Math.min(1, p + z * standardError);
  } else if (transform === 'log') {
    const factor = Math.exp((z * standardError) / p);
    bounds[0] = p / factor;
    bounds[1] = Math.min(1, p * factor);
  } else {
    // p^(e^h) as p e^(ln p (e^h - 1)): with many rows all exponents are small.
    const logarithm = Math.log(p);
    const h = (z * standardError) / (p * -logarithm);
    bounds[0] = p * Math.exp(logarithm * Math.expm1(h));
    bounds[1] = p * Math.exp(logarithm * Math.expm1(-h));
  }
}

export function checkTransform(transform: IntervalTransform): IntervalTransform {
  if (transform === 'log-log' || transform === 'log' || transform === 'plain') return transform;
  throw new StatisticsError('invalid-input', `transform is ${String(transform)}: give log-log, log or plain.`);
}
