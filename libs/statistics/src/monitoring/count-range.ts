import { negativeBinomialCdf, negativeBinomialQuantile } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, isCountable, lengthOf } from '../survival/checked-column.js';
import { dayModel, levelOn, weekdayColumn, type DayFamily, type DayLevel } from './day-history.js';
import { expectedRange, type ExpectedRange, type RangeOptions } from './expected-range.js';

/** One row a day: how much came. Days with exposure 0 are left out. */
export interface CountHistory {
  readonly counts: ArrayLike<number>;
  /** What counts grow with, such as active accounts or the share of the day that was seen. Default 1. */
  readonly exposures?: ArrayLike<number>;
  /** 0 to 6, by any code. Default: all days alike. */
  readonly weekdays?: ArrayLike<number>;
}

export interface CountDay {
  /** Default 1. */
  readonly exposure?: number;
  /** Default 0. */
  readonly weekday?: number;
  /** What came, to be judged. */
  readonly count?: number;
}

/** A negative binomial's: var(rate) = rate/weight; Jeffreys' half event keeps a rate of 0 from being certain. */
const family: DayFamily = {
  weight: (exposure, dispersion, rate) => exposure / (1 + dispersion * rate * exposure),
  level: (sum, weight) => (sum + 0.5) / weight,
  spread: (rate) => rate,
  largest: Infinity,
};

/**
 * Expected range of a day's count: negative binomial with variance m + dispersion × m² (moments: Breslow 1984), its
 * rate by weekday and its dispersion from a history without the days of known incidents (they would widen it). The
 * uncertainty of the weekday's rate is counted, so that it is a prediction interval. Without dispersion and with a long
 * history it is Poisson's.
 *
 * Assumes that days of a weekday differ by chance and dispersion alone: no trend, no season but the week.
 *
 * @throws StatisticsError `not-enough-data` without more days than weekdays, or for a weekday the history does not have;
 *   `invalid-input`
 */
export function countRange(history: CountHistory, day: CountDay = {}, options: RangeOptions = {}): ExpectedRange {
  const rows = lengthOf('counts', history.counts);
  const counts = finiteColumn('counts', history.counts, rows);
  const exposures = history.exposures === undefined ? new Float64Array(rows).fill(1) : finiteColumn('exposures', history.exposures, rows); // prettier-ignore
  const weekdays = weekdayColumn(history.weekdays, rows);
  const days: DayLevel[] = [];
  counts.forEach((count, i) => {
    checkCount(`counts[${i}]`, count, exposures[i]!);
    if (exposures[i]! > 0) days.push({ weekday: weekdays[i]!, level: count / exposures[i]!, size: exposures[i]! });
  });
  const { exposure = 1, weekday = 0 } = day;
  checkCount('count', day.count ?? 0, exposure);
  const model = dayModel(days, family);
  const { level: rate, weight } = levelOn(model, weekday);
  const size = 1 / (model.dispersion + (1 + model.dispersion) / (rate * weight));
  const expected = rate * exposure;
  if (!(expected > 0 && expected <= MOST_EXPECTED)) {
    throw new StatisticsError('invalid-input', `exposure is ${exposure}, of which ${expected} would be expected: give a number above 0, and at most ${MOST_EXPECTED} to expect.`); // prettier-ignore
  }
  const distribution = {
    expected,
    quantile: (p: number) => negativeBinomialQuantile(p, expected, size),
    cdf: (x: number) => negativeBinomialCdf(x, expected, size),
  };
  return expectedRange(distribution, model, day.count, options.confidence ?? 0.95);
}

/** Beyond it counts have no next whole number that quantiles could step to. */
const MOST_EXPECTED = 1e12;

function checkCount(name: string, count: number, exposure: number): void {
  if (Number.isInteger(count) && count >= 0 && isCountable(exposure) && (count === 0 || exposure > 0)) return; // prettier-ignore
  throw new StatisticsError('invalid-input', `${name} is ${count} with exposure ${exposure}: give a whole count of 0 or more, and a finite exposure that is above 0 wherever something was counted.`); // prettier-ignore
}
