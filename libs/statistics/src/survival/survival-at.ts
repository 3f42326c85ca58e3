import { StatisticsError } from '../statistics-error.js';
import type { SurvivalCurve } from './kaplan-meier.js';
import type { RiskTable } from './risk-table.js';

export interface SurvivalEstimate {
  readonly survival: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Under observation just before the time. */
  readonly atRisk: number;
}

/**
 * The curve at a time; null past the last time, where nobody was followed, unless the curve has ended at 0.
 *
 * @throws StatisticsError `invalid-input` for a time that is no number of 0 or more
 */
export function survivalAt(curve: SurvivalCurve, time: number): SurvivalEstimate | null {
  if (!(time >= 0)) throw new StatisticsError('invalid-input', `time is ${time}: give a number of 0 or more.`);
  const last = curve.time.length - 1;
  if (time > curve.time[last]! && curve.survival[last]! > 0) return null;
  const atRisk = numberAtRisk(curve, time);
  const j = lastAtOrBefore(curve.time, time);
  if (j < 0) return { survival: 1, standardError: 0, lower: 1, upper: 1, atRisk };
  return {
    survival: curve.survival[j]!,
    standardError: curve.standardError[j]!,
    lower: curve.lower[j]!,
    upper: curve.upper[j]!,
    atRisk,
  };
}

/**
 * How many were under observation just before a time; 0 past the last time.
 *
 * @throws StatisticsError `invalid-input` for a time that is no number of 0 or more
 */
export function numberAtRisk(table: RiskTable, time: number): number {
  if (!(time >= 0)) throw new StatisticsError('invalid-input', `time is ${time}: give a number of 0 or more.`);
  const j = lastAtOrBefore(table.time, time);
  return (j >= 0 && table.time[j] === time ? table.atRisk[j] : table.atRisk[j + 1]) ?? 0;
}

/** Index of the last of ascending times that is not after `time`, or -1. */
export function lastAtOrBefore(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
