import { StatisticsError } from '../statistics-error.js';
import { intervalWidth } from '../survival/probability-interval.js';
import type { ArmCounts } from './arm-counts.js';

export interface Proportion {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A share of accounts with Wilson's (1927) score interval, which stays within 0 and 1 and has width where the share
 * is 0 or 1. For one look at accounts that are independent of each other.
 *
 * @throws StatisticsError `not-enough-data` without accounts; `invalid-input`
 */
export function proportionInterval({ events, accounts }: ArmCounts, confidence = 0.95): Proportion {
  const z = intervalWidth(confidence);
  if (!(accounts < Infinity && events >= 0 && events <= accounts)) {
    throw new StatisticsError('invalid-input', `There are ${events} events of ${accounts} accounts: give finite numbers with 0 ≤ events ≤ accounts.`); // prettier-ignore
  }
  if (!(accounts > 0)) throw new StatisticsError('not-enough-data', 'There are no accounts: give at least 1.');
  const [lower, upper] = wilson({ events, accounts }, z);
  return { estimate: events / accounts, lower, upper };
}

/** Wilson's score interval, z wide. */
export function wilson({ events, accounts }: ArmCounts, z: number): readonly [number, number] {
  const share = events / accounts;
  const scale = 1 + (z * z) / accounts;
  const middle = (share + (z * z) / (2 * accounts)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / accounts + (z * z) / (4 * accounts * accounts));
  return [events === 0 ? 0 : middle - half, events === accounts ? 1 : middle + half];
}
