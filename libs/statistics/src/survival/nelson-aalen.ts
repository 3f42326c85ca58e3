import { exponential } from '../small-numbers.js';
import { StatisticsError } from '../statistics-error.js';
import { riskTableOf, type SurvivalData } from './checked-risk-table.js';
import { intervalWidth } from './probability-interval.js';

export interface NelsonAalenOptions {
  /** `none` takes tied events as simultaneous (d/n); `split` as one after the other (1/n + 1/(n-1) + …). */
  readonly ties?: 'none' | 'split';
  /** Default `log`, which keeps the lower bound above 0. */
  readonly transform?: 'log' | 'plain';
  readonly confidence?: number;
}

const MOST_SPLIT = 100_000_000;

/** A step function, 0 before the first time. Arrays have equal lengths. */
export interface HazardCurve {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly cumulativeHazard: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Nelson–Aalen: H(t) = Σ d/n with variance Σ d/n² (Aalen 1978), or with ties split Σ 1/(n-k) and Σ 1/(n-k)²
 * (Fleming & Harrington 1984). Interval H exp(±z s/H), or H ± z s cut at 0. Without events H is 0, its error 0.
 *
 * @throws StatisticsError as `riskTableOf`; `invalid-input` for split ties with counts of events that are not whole, or beyond 1e8
 */
export function nelsonAalen(data: SurvivalData, options: NelsonAalenOptions = {}): HazardCurve {
  const { ties = 'none', transform = 'log', confidence = 0.95 } = options;
  const z = intervalWidth(confidence);
  const { time, atRisk, events } = riskTableOf(data);
  const size = time.length;
  const columns = Array.from({ length: 4 }, () => new Float64Array(size));
  const [cumulativeHazard, standardError, lower, upper] = columns as [Column, Column, Column, Column];
  let [hazard, variance, error, low, high] = [0, 0, 0, 0, 0];
  for (let j = 0; j < size; j++) {
    const n = atRisk[j]!;
    const d = events[j]!;
    if (d > 0 && ties === 'none') {
      hazard += d / n;
      variance += d / (n * n);
    } else if (d > 0) {
      if (!Number.isInteger(d)) throw new StatisticsError('invalid-input', `${d} events at ${time[j]}: ties can only be split for whole numbers; use ties: none.`); // prettier-ignore
      if (d > MOST_SPLIT) throw new StatisticsError('invalid-input', `${d} events at ${time[j]}: too many to be taken one by one; use ties: none.`); // prettier-ignore
      for (let k = 0; k < d; k++) {
        hazard += 1 / (n - k);
        variance += 1 / (n - k) ** 2;
      }
    }
    if (d > 0) {
      error = Math.sqrt(variance);
      const half = z * error;
      const factor = transform === 'log' ? exponential(half / hazard) : 1;
      low = transform === 'log' ? hazard / factor : Math.max(0, hazard - half);
      high = transform === 'log' ? hazard * factor : hazard + half;
    }
    cumulativeHazard[j] = hazard;
    standardError[j] = error;
    lower[j] = low;
    upper[j] = high;
  }
  return { time, atRisk, events, cumulativeHazard, standardError, lower, upper };
}

type Column = Float64Array;
