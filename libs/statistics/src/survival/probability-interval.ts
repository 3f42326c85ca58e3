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
  if (standardError === 0) return [p, p];
  if (transform === 'plain') return [Math.max(0, p - z * standardError), Math.min(1, p + z * standardError)];
  if (transform === 'log') {
    const factor = Math.exp((z * standardError) / p);
    return [p / factor, Math.min(1, p * factor)];
  }
  const logarithm = Math.log(p);
  const power = Math.exp((z * standardError) / (p * logarithm));
  return [Math.exp(logarithm / power), Math.exp(logarithm * power)];
}

export function checkTransform(transform: IntervalTransform): IntervalTransform {
  if (transform === 'log-log' || transform === 'log' || transform === 'plain') return transform;
  throw new StatisticsError('invalid-input', `transform is ${String(transform)}: give log-log, log or plain.`);
}
