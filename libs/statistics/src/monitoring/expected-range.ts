import { normalCdf, normalQuantile, tQuantile } from '../distributions.js';
import { checkConfidence } from '../survival/checked-column.js';

export interface RangeOptions {
  /** Share of days inside the range if nothing has changed. Default 0.95: one false alarm in 20 days. */
  readonly confidence?: number;
}

/** What the next day should bring, as counts: a prediction interval, both bounds inside. */
export interface ExpectedRange {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** Of days of one weekday beyond chance: correlation within a day of shares; squared coefficient of variation of counts. */
  readonly dispersion: number;
  /** Days of the history, and those less its weekdays. */
  readonly days: number;
  readonly degreesOfFreedom: number;
  /** Null as long as nothing was observed. */
  readonly observed: {
    readonly value: number;
    readonly isOutside: boolean;
    /** About standard normal if nothing has changed: the normal quantile of P(less) + P(equal)/2. For charts. */
    readonly score: number;
  } | null; // prettier-ignore
}

/** Distribution of the next day's count. */
export interface DayDistribution {
  readonly expected: number;
  /** The least count of which P(X ≤ x) reaches p. */
  readonly quantile: (p: number) => number;
  readonly cdf: (x: number) => number;
}

/** Tails are as far out as Student's t's, as dispersion is estimated from so many days. */
export function expectedRange(
  { expected, quantile, cdf }: DayDistribution,
  model: { readonly dispersion: number; readonly days: number; readonly degreesOfFreedom: number },
  value: number | undefined,
  confidence: number,
): ExpectedRange {
  const tail = normalCdf(-tQuantile((1 + checkConfidence(confidence)) / 2, model.degreesOfFreedom));
  const [lower, upper] = [quantile(tail), quantile(1 - tail)];
  const { dispersion, days, degreesOfFreedom } = model;
  const range = { expected, lower, upper, dispersion, days, degreesOfFreedom };
  if (value === undefined) return { ...range, observed: null };
  const middle = Math.min(1 - 2 ** -53, Math.max(1e-300, (cdf(value - 1) + cdf(value)) / 2));
  return { ...range, observed: { value, isOutside: value < lower || value > upper, score: normalQuantile(middle) } };
}
