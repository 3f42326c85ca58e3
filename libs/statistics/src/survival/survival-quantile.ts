import { StatisticsError } from '../statistics-error.js';
import type { SurvivalCurve } from './kaplan-meier.js';

export interface TimeQuantile {
  /** Null where the curve has not come down so far: follow-up is too short to say. */
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * The time by which a share `p` has had the event: where S first falls to 1 - p; if it rests exactly there, the middle
 * of that step, as R does. The interval inverts the curve's bounds (Brookmeyer & Crowley 1982).
 *
 * @throws StatisticsError `invalid-input` unless 0 < p < 1
 */
export function survivalQuantile(curve: SurvivalCurve, p: number): TimeQuantile {
  if (!(p > 0 && p < 1)) throw new StatisticsError('invalid-input', `p is ${p}: give a share between 0 and 1.`);
  return {
    estimate: crossing(curve.time, curve.survival, 1 - p),
    lower: crossing(curve.time, curve.lower, 1 - p),
    upper: crossing(curve.time, curve.upper, 1 - p),
  };
}

/** `survivalQuantile` at a half. Null where more than half are still there at the end of follow-up. */
export const medianSurvival = (curve: SurvivalCurve): TimeQuantile => survivalQuantile(curve, 0.5);

/** Products of fractions miss a level such as 0.5 by their rounding. */
const ROUNDING = 1e-9;

function crossing(time: Float64Array, curve: Float64Array, level: number): number | null {
  const first = curve.findIndex((one) => one <= level + ROUNDING);
  if (first < 0) return null;
  if (curve[first]! < level - ROUNDING) return time[first]!;
  const next = curve.findIndex((one) => one < level - ROUNDING);
  return (time[first]! + time[next < 0 ? time.length - 1 : next]!) / 2;
}
