import { StatisticsError } from '../statistics-error.js';
import { checkNames, isCountable } from '../survival/checked-column.js';

/** Touches of an account in order of time, and what came of it; or of several accounts alike. */
export interface TouchPath {
  readonly channels: readonly string[];
  /** Accounts with these touches that converted. */
  readonly conversions: number;
  /** Accounts with these touches that did not. */
  readonly losses?: number;
  /** Time from each touch to the conversion, in any unit; for time decay only. */
  readonly ages?: readonly number[];
}

/** @throws StatisticsError naming the path and what is wrong with it */
export function checkTouchPaths(paths: readonly TouchPath[]): void {
  if (paths.length === 0) throw new StatisticsError('not-enough-data', 'paths is empty: give at least one.');
  paths.forEach(({ channels, conversions, losses = 0, ages }, i) => {
    checkNames(`paths[${i}].channels`, channels);
    for (const [name, value] of Object.entries({ conversions, losses })) {
      if (isCountable(value)) continue;
      throw new StatisticsError('invalid-input', `paths[${i}].${name} is ${value}: give a finite number of 0 or more.`);
    }
    if (channels.length === 0) {
      throw new StatisticsError('invalid-input', `paths[${i}] has no touch: leave it out, there is nothing to attribute it to.`); // prettier-ignore
    }
    if (!ages) return;
    const wrong = ages.findIndex((age) => !(age >= 0 && age < Infinity));
    if (wrong >= 0) throw new StatisticsError('invalid-input', `paths[${i}].ages[${wrong}] is ${ages[wrong]}: give a finite time of 0 or more.`); // prettier-ignore
    if (ages.length !== channels.length) {
      throw new StatisticsError('invalid-input', `paths[${i}] has ${ages.length} ages for ${channels.length} touches: give one for each.`); // prettier-ignore
    }
  });
  if (paths.every(({ conversions }) => conversions === 0)) {
    throw new StatisticsError('not-enough-data', 'No path converted: there is nothing to attribute.');
  }
}

/** Conversions by channel and their shares, in order of name. */
export interface ChannelShare {
  readonly channel: string;
  readonly conversions: number;
  /** Of all conversions; they sum to 1. */
  readonly share: number;
}

export function channelShares(credits: ReadonlyMap<string, number>): ChannelShare[] {
  const total = [...credits.values()].reduce((sum, one) => sum + one, 0);
  return [...credits]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([channel, conversions]) => ({ channel, conversions, share: conversions / total }));
}
