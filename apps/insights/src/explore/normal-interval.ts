import { meanComparison } from '@milepost/statistics';
import type { ArmMoments } from '@milepost/statistics';
import type { ExploreAnswer } from '@milepost/contracts/http';

type Value = ExploreAnswer['data']['rows'][number]['measures'][string];

/** Against what is 0 for certain, Welch's interval of a difference is Student's of the mean. */
const ZERO: ArmMoments = { accounts: 2, mean: 0, variance: 0 };

/**
 * A mean with Student's interval, from the number of accounts, the sum and the sum of squares. Without bounds below 2
 * accounts, and where all have the same: that nothing varied among them does not say that nothing does.
 */
export function normalInterval(of: number, sum: number, squares: number): Value {
  if (of === 0) return { of, estimate: null, lower: null, upper: null };
  const estimate = sum / of;
  if (of < 2) return { of, estimate, lower: null, upper: null };
  const variance = Math.max(0, (squares - of * estimate * estimate) / (of - 1));
  if (variance === 0) return { of, estimate, lower: null, upper: null };
  const { difference } = meanComparison(ZERO, { accounts: of, mean: estimate, variance });
  return { of, estimate, lower: difference.lower, upper: difference.upper };
}
