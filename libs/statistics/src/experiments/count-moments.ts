import { checkCounts, type ArmCounts } from './arm-counts.js';
import type { ArmMoments } from './arm-moments.js';

/**
 * Moments of an arm in which each account had the event (1) or not (0).
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts; `invalid-input`
 */
export function countMoments(counts: ArmCounts): ArmMoments {
  checkCounts('counts', counts);
  const { events, accounts } = counts;
  return { accounts, mean: events / accounts, variance: (events * (accounts - events)) / (accounts * (accounts - 1)) };
}
