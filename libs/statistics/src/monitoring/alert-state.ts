import { StatisticsError } from '../statistics-error.js';

/** When an alert opens and closes, in the units of what is watched: a chart's sum or average, or |score| of a day. */
export interface AlertRule {
  /** Opens above this: a chart's limit, with the run length it was chosen for. */
  readonly raise: number;
  /** Closes below this, at most `raise`: between the two it stays as it is. */
  readonly clear: number;
  /** Days after it closed in which it does not open again. */
  readonly cooldownDays: number;
}

export interface AlertState {
  readonly isOpen: boolean;
  /** Day on which it last closed; null if it never was open. */
  readonly clearedOn: number | null;
}

/** Before the first day: closed, and never open. */
export const ALERT_START: AlertState = { isOpen: false, clearedOn: null };

export interface AlertStep {
  readonly state: AlertState;
  readonly change: 'raised' | 'cleared' | null;
}

/**
 * One day more of an alert with hysteresis and cooldown. Days are numbers that the caller counts, in order.
 *
 * @throws StatisticsError `invalid-input`
 */
export function alertStep(
  state: AlertState,
  look: { readonly day: number; readonly level: number },
  rule: AlertRule,
): AlertStep {
  // prettier-ignore
  const { raise, clear, cooldownDays } = rule;
  if (!(Number.isFinite(raise) && clear <= raise && cooldownDays >= 0 && cooldownDays < Infinity)) {
    throw new StatisticsError('invalid-input', `The rule raises at ${raise}, clears at ${clear} and cools down for ${cooldownDays} days: give clear ≤ raise and 0 days or more.`); // prettier-ignore
  }
  if (!Number.isFinite(look.day) || Number.isNaN(look.level)) {
    throw new StatisticsError('invalid-input', `The look is of day ${look.day} with level ${look.level}: give numbers, or leave the day out.`); // prettier-ignore
  }
  const { isOpen, clearedOn } = state;
  // A state comes from where it was kept: what is missing there is no closed alert.
  if (typeof isOpen !== 'boolean' || !(clearedOn === null || Number.isFinite(clearedOn))) {
    throw new StatisticsError('invalid-input', `The state has isOpen ${String(isOpen)} and clearedOn ${String(clearedOn)}: give true or false, and the day on which it closed or null; ALERT_START to begin.`); // prettier-ignore
  }
  if (isOpen) {
    if (look.level >= clear) return { state, change: null };
    return { state: { isOpen: false, clearedOn: look.day }, change: 'cleared' };
  }
  const isCooling = clearedOn !== null && look.day < clearedOn + cooldownDays;
  if (look.level <= raise || isCooling) return { state, change: null };
  return { state: { isOpen: true, clearedOn }, change: 'raised' };
}
