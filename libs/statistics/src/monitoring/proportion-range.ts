import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';
import { betaBinomial } from './beta-binomial.js';
import { dayModel, levelOn, weekdayColumn, type DayFamily, type DayLevel } from './day-history.js';
import { expectedRange, type ExpectedRange, type RangeOptions } from './expected-range.js';

/** One row a day: accounts (trials), and how many of them had the event. Days without trials are left out. */
export interface ProportionHistory {
  readonly events: ArrayLike<number>;
  readonly trials: ArrayLike<number>;
  /** 0 to 6, by any code. Default: all days alike. */
  readonly weekdays?: ArrayLike<number>;
}

export interface ProportionDay {
  readonly trials: number;
  /** Default 0. */
  readonly weekday?: number;
  /** What came, to be judged. */
  readonly events?: number;
}

/** A beta-binomial's: var(share) = p(1 - p)/weight; Jeffreys' half event keeps a share of 0 or 1 from being certain. */
const family: DayFamily = {
  weight: (trials, correlation) => trials / (1 + (trials - 1) * correlation),
  level: (sum, weight) => (sum + 0.5) / (weight + 1),
  spread: (share) => share * (1 - share),
  largest: 1,
};

/**
 * Expected range of a day's events among its trials: beta-binomial (dispersion by moments: Williams 1982), its mean by
 * weekday and its dispersion from a history without the days of known incidents (they would widen it). The uncertainty
 * of the weekday's share is counted, so that it is a prediction interval, not one of the mean. Without dispersion and
 * with a long history it is the binomial's. The cost grows with days and with the day's trials, up to 200,000 of them.
 *
 * Assumes that days of a weekday differ by chance and dispersion alone: no trend, no season but the week.
 *
 * @throws StatisticsError `not-enough-data` without more days than weekdays, or for a weekday the history does not have,
 *   or where days have all or none; `invalid-input`
 */
export function proportionRange(
  history: ProportionHistory,
  day: ProportionDay,
  options: RangeOptions = {},
): ExpectedRange {
  // prettier-ignore
  const rows = lengthOf('trials', history.trials);
  const trials = finiteColumn('trials', history.trials, rows);
  const events = finiteColumn('events', history.events, rows);
  const weekdays = weekdayColumn(history.weekdays, rows);
  const days: DayLevel[] = [];
  trials.forEach((n, i) => {
    checkCounts(`Row ${i}`, events[i]!, n);
    if (n > 0) days.push({ weekday: weekdays[i]!, level: events[i]! / n, size: n });
  });
  checkCounts('The day', day.events ?? 0, day.trials);
  const model = dayModel(days, family);
  const { level: share, weight } = levelOn(model, day.weekday ?? 0);
  const correlation = model.dispersion + (1 - model.dispersion) / (weight + 2);
  const size = 1 / correlation - 1;
  const distribution = betaBinomial(day.trials, size * share, size * (1 - share));
  return expectedRange(distribution, model, day.events, options.confidence ?? 0.95);
}

function checkCounts(name: string, events: number, trials: number): void {
  if (events >= 0 && events <= trials && Number.isInteger(events) && Number.isInteger(trials)) return;
  throw new StatisticsError('invalid-input', `${name} has ${events} events of ${trials} trials: give whole numbers with 0 ≤ events ≤ trials.`); // prettier-ignore
}
