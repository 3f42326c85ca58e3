import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';
import { codeColumn } from '../survival/checked-column.js';

/** A day's level (a share or a rate) and how much of a plain look it is worth by itself: its trials or its exposure. */
export interface DayLevel {
  readonly weekday: number;
  readonly level: number;
  readonly size: number;
}

/** Levels by weekday, and the variance between days of one weekday that chance does not explain. */
export interface DayModel {
  readonly dispersion: number;
  /** Null for a weekday without days. */
  readonly weekdays: readonly (WeekdayLevel | null)[];
  readonly days: number;
  readonly degreesOfFreedom: number;
}

export interface WeekdayLevel {
  readonly level: number;
  /** Σ of the days' weights: plain looks that they are worth together. */
  readonly weight: number;
}

/** How a family's level behaves: mean from weighted sums, and the variance of a day's level as spread(level)/weight. */
export interface DayFamily {
  /** What a day of this size is worth at this dispersion, so that var(level) = spread(level)/weight. */
  readonly weight: (size: number, dispersion: number, level: number) => number;
  readonly level: (sum: number, weight: number) => number;
  readonly spread: (level: number) => number;
  /** The largest dispersion there is. */
  readonly largest: number;
}

export function weekdayColumn(weekdays: ArrayLike<number> | undefined, rows: number): Uint8Array {
  return weekdays === undefined ? new Uint8Array(rows) : codeColumn('weekdays', weekdays, rows, 6);
}

/**
 * Weekday first, then dispersion: that at which the squares about the weekdays' levels, by their variances, are as large
 * as expected, days less weekdays (Williams 1982; Breslow 1984). 0 where chance alone explains more.
 *
 * @throws StatisticsError `not-enough-data` unless there are more days than weekdays
 */
export function dayModel(days: readonly DayLevel[], { weight, level, spread, largest }: DayFamily): DayModel {
  const plain = byWeekday(days, ({ size }) => size, level);
  const weightAt = (dispersion: number) => (day: DayLevel): number => weight(day.size, dispersion, plain[day.weekday]!.level); // prettier-ignore
  const degreesOfFreedom = days.length - plain.filter((one) => one !== null).length;
  if (degreesOfFreedom < 1) {
    throw new StatisticsError('not-enough-data', `${days.length} days with trials or exposure on ${days.length - degreesOfFreedom} weekdays: give more days than weekdays, some weeks of them.`); // prettier-ignore
  }
  const excess = (dispersion: number): number => {
    const levels = byWeekday(days, weightAt(dispersion), level);
    const squares = days.reduce((sum, day) => {
      const own = levels[day.weekday]!.level;
      return sum + (weightAt(dispersion)(day) * (day.level - own) ** 2) / spread(own);
    }, 0);
    return squares - degreesOfFreedom;
  };
  const dispersion = excess(0) > 0 ? rootOf(excess, largest) : 0;
  return { dispersion, weekdays: byWeekday(days, weightAt(dispersion), level), days: days.length, degreesOfFreedom };
}

function rootOf(excess: (dispersion: number) => number, largest: number): number {
  let high = Math.min(1, largest);
  while (high < Math.min(largest, 1e12) && excess(high) > 0) high = Math.min(largest, 4 * high);
  if (excess(high) < 0) return bracketedRoot(excess, 0, high, 1e-14 * high);
  throw new StatisticsError('not-enough-data', 'Days differ as far as days can: nothing can be expected of the next one. Give more trials a day, or longer periods.'); // prettier-ignore
}

function byWeekday(days: readonly DayLevel[], weightOf: (day: DayLevel) => number, level: DayFamily['level']) {
  const sums = Array.from({ length: 7 }, () => ({ sum: 0, weight: 0 }));
  for (const day of days) {
    const own = weightOf(day);
    sums[day.weekday]!.sum += own * day.level;
    sums[day.weekday]!.weight += own;
  }
  return sums.map(({ sum, weight }): WeekdayLevel | null =>
    weight > 0 ? { level: level(sum, weight), weight } : null,
  );
}

/** @throws StatisticsError `not-enough-data` for a weekday that the history does not have */
export function levelOn({ weekdays }: DayModel, weekday: number): WeekdayLevel {
  if (!(Number.isInteger(weekday) && weekday >= 0 && weekday <= 6)) {
    throw new StatisticsError('invalid-input', `weekday is ${weekday}: give a whole number from 0 to 6, by the history's code.`); // prettier-ignore
  }
  const own = weekdays[weekday];
  if (own) return own;
  throw new StatisticsError('not-enough-data', `The history has no day of weekday ${weekday} with trials or exposure: give some.`); // prettier-ignore
}
