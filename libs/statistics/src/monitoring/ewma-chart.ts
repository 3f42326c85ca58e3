import { StatisticsError } from '../statistics-error.js';
import { LARGEST, finiteColumn, lengthOf } from '../survival/checked-column.js';
import { checkedEwma, ewmaRunLength, type EwmaDesign } from './ewma-run-length.js';

/** What looks are like as long as nothing has changed, in their units. */
export interface Baseline {
  readonly target: number;
  /** Standard deviation of one look, above 0. */
  readonly sigma: number;
}

export interface EwmaLimits {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Limits of an EWMA (Lucas & Saccucci 1990; NIST handbook, 6.3.2.4), without `time` those it ends at:
 * target ± width × sigma × √(λ/(2 - λ) × (1 - (1 - λ)^(2t))).
 *
 * @param time looks so far, 1 at the first
 * @throws StatisticsError `invalid-input`
 */
export function ewmaLimits(design: EwmaDesign & Baseline, time = Infinity): EwmaLimits {
  const { lambda, width } = checkedEwma(design);
  const { target, sigma } = checkBaseline(design);
  if (!(time >= 1)) throw new StatisticsError('invalid-input', `time is ${time}: give the number of looks, from 1.`);
  const half = width * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * time)));
  return { lower: target - half, upper: target + half };
}

export interface EwmaPoint extends EwmaLimits {
  readonly average: number;
  readonly isOutside: boolean;
}

export interface EwmaChart {
  readonly points: readonly EwmaPoint[];
  /** Looks between false alarms, on average, with the limits it ends at. */
  readonly runLength: number;
}

export interface EwmaChartOptions {
  /** `steady` (default): the same limits throughout, as the run length assumes; `exact`: narrower at first. */
  readonly limits?: 'steady' | 'exact';
}

/**
 * EWMA chart (Roberts 1959; Lucas & Saccucci 1990; NIST handbook, 6.3.2.4) of looks in time's order:
 * average = λ look + (1 - λ) average before, from the target on.
 *
 * Assumes independent looks about the target with a known standard deviation, such as scores of `proportionRange` with
 * target 0 and sigma 1.
 *
 * @throws StatisticsError `invalid-input`; `no-convergence` where the run length is beyond 1e10
 */
export function ewmaChart(values: ArrayLike<number>, design: EwmaDesign & Baseline & EwmaChartOptions): EwmaChart {
  const { lambda } = checkedEwma(design);
  const { limits = 'steady' } = design;
  if (limits !== 'steady' && limits !== 'exact') {
    throw new StatisticsError('invalid-input', `limits is ${String(limits)}: give steady or exact.`);
  }
  let average = checkBaseline(design).target;
  const points = Array.from(finiteColumn('values', values, lengthOf('values', values)), (value, look) => {
    average = lambda * value + (1 - lambda) * average;
    const { lower, upper } = ewmaLimits(design, limits === 'exact' ? look + 1 : Infinity);
    return { average, lower, upper, isOutside: average < lower || average > upper };
  });
  return { points, runLength: ewmaRunLength(design) };
}

export function checkBaseline({ target, sigma }: Baseline): Baseline {
  if (Math.abs(target) <= LARGEST && sigma >= 1 / LARGEST && sigma <= LARGEST) return { target, sigma };
  throw new StatisticsError('invalid-input', `target is ${target} and sigma ${sigma}: give a finite target and a finite standard deviation above 0.`); // prettier-ignore
}
