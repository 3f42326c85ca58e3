import { StatisticsError } from '../statistics-error.js';
import { riskTableOf, type SurvivalData } from '../survival/checked-risk-table.js';
import { lastAtOrBefore } from '../survival/survival-at.js';

/**
 * 1 / P(C ≥ t), C the time of censoring: how many rows one seen at t stands for (Robins & Rotnitzky 1992). From
 * Kaplan–Meier of censoring, Π (1 - c/(n - d)), events at a time leaving before those censored at it. Assumes that
 * censoring depends neither on the forecast nor on the event.
 *
 * @returns the weight at a time; it throws `not-enough-data` where the censoring data do not reach
 * @throws StatisticsError as `riskTableOf`; `invalid-input` for late entry, under which the weights are not defined
 */
export function censoringWeightAt(data: SurvivalData): (time: number) => number {
  if ('start' in data && data.start !== undefined) {
    throw new StatisticsError(
      'invalid-input',
      'Censoring weights need rows seen from 0: leave out start, or judge by harrellConcordance.',
    );
  }
  const { time, atRisk, events, censored } = riskTableOf(data);
  const uncensored = new Float64Array(time.length);
  for (let j = 0, left = 1; j < time.length; j++) {
    const [n, c] = [atRisk[j]! - events[j]!, censored[j]!];
    if (c > 0) left *= Math.max(0, n - c) / n;
    uncensored[j] = left;
  }
  return (at) => {
    const j = lastAtOrBefore(time, at);
    const share = uncensored[time[j] === at ? j - 1 : j] ?? 1;
    if (share > 0) return 1 / share;
    throw new StatisticsError('not-enough-data', `Nobody was followed to ${at}: choose an earlier time.`);
  };
}
