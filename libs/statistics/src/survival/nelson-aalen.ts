import { coshLess1OfSmall, isSmall, sinhOfSmall } from '../small-numbers.js';
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
  const curve = ties === 'none' ? simultaneous(atRisk, events) : oneByOne(time, atRisk, events);
  const bounds = boundsOf(curve, z, transform);
  return { time, atRisk, events, ...curve, ...bounds };
}

type Column = Float64Array;
type Curve = Pick<HazardCurve, 'cumulativeHazard' | 'standardError'>;

function simultaneous(atRisk: Column, events: Column): Curve {
  const size = atRisk.length;
  const [cumulativeHazard, standardError] = [new Float64Array(size), new Float64Array(size)];
  let [hazard, variance] = [0, 0];
  for (let j = 0; j < size; j++) {
    const n = atRisk[j]!;
    const step = events[j]! > 0 ? events[j]! / n : 0;
    hazard += step;
    variance += step > 0 ? step / n : 0;
    cumulativeHazard[j] = hazard;
    standardError[j] = Math.sqrt(variance);
  }
  return { cumulativeHazard, standardError };
}

function oneByOne(time: Column, atRisk: Column, events: Column): Curve {
  const size = atRisk.length;
  const [cumulativeHazard, standardError] = [new Float64Array(size), new Float64Array(size)];
  let [hazard, variance] = [0, 0];
  for (let j = 0; j < size; j++) {
    const d = events[j]!;
    if (!Number.isInteger(d)) throw new StatisticsError('invalid-input', `${d} events at ${time[j]}: ties can only be split for whole numbers; use ties: none.`); // prettier-ignore
    if (d > MOST_SPLIT) throw new StatisticsError('invalid-input', `${d} events at ${time[j]}: too many to be taken one by one; use ties: none.`); // prettier-ignore
    for (let k = 0; k < d; k++) {
      hazard += 1 / (atRisk[j]! - k);
      variance += 1 / (atRisk[j]! - k) ** 2;
    }
    cumulativeHazard[j] = hazard;
    standardError[j] = Math.sqrt(variance);
  }
  return { cumulativeHazard, standardError };
}

/** Before the first event both bounds are 0. */
function boundsOf({ cumulativeHazard, standardError }: Curve, z: number, transform: 'log' | 'plain') {
  const size = cumulativeHazard.length;
  const [lower, upper] = [new Float64Array(size), new Float64Array(size)];
  for (let j = 0; j < size; j++) {
    const hazard = cumulativeHazard[j]!;
    const half = z * standardError[j]!;
    if (hazard === 0) continue;
    if (transform === 'plain') {
      lower[j] = Math.max(0, hazard - half);
      upper[j] = hazard + half;
      continue;
    }
    const h = half / hazard;
    const factor = isSmall(h) ? 1 + (coshLess1OfSmall(h) + sinhOfSmall(h)) : Math.exp(h);
    lower[j] = hazard / factor;
    upper[j] = hazard * factor;
  }
  return { lower, upper };
}
