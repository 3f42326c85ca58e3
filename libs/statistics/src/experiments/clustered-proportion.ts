import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';
import { proportionInterval, type Proportion } from './proportion-interval.js';

/** One line for each account: its trials, and how many of them had the event. */
export interface ClusterCounts {
  readonly events: ArrayLike<number>;
  readonly trials: ArrayLike<number>;
}

export interface ClusteredProportion extends Proportion {
  /** How many independent trials would say as much. */
  readonly effectiveTrials: number;
}

/**
 * A share of trials of which each account has several, with Wilson's interval at the effective number of trials: all of
 * them over the design effect, the ratio of the variance by clusters (Liang & Zeger 1986) to the binomial one (Kish
 * 1965; Dean & Pagano 2015), held to 1 or more. Where all or none of the trials had the event, or one account has all,
 * the effect cannot be seen, and the trials of an account count as one: Kish's (Σ n)² / Σ n².
 *
 * @throws StatisticsError `not-enough-data` without trials; `invalid-input`
 */
export function clusteredProportion({ events, trials }: ClusterCounts, confidence = 0.95): ClusteredProportion {
  const accounts = lengthOf('trials', trials);
  const n = finiteColumn('trials', trials, accounts);
  const y = finiteColumn('events', events, accounts);
  const wrong = n.findIndex((one, i) => !(y[i]! >= 0 && y[i]! <= one));
  if (wrong >= 0) {
    throw new StatisticsError('invalid-input', `events[${wrong}] is ${y[wrong]} of ${n[wrong]} trials: give a number from 0 to those.`); // prettier-ignore
  }
  const total = n.reduce((sum, one) => sum + one, 0);
  if (!(total > 0)) throw new StatisticsError('not-enough-data', 'There are no trials: give at least 1.');
  const estimate = y.reduce((sum, one) => sum + one, 0) / total;
  const effectiveTrials = total / designEffect(n, y, estimate, total);
  const { lower, upper } = proportionInterval({ events: estimate * effectiveTrials, accounts: effectiveTrials }, confidence); // prettier-ignore
  return { estimate, lower, upper, effectiveTrials };
}

function designEffect(n: Float64Array, y: Float64Array, share: number, total: number): number {
  const clusters = n.filter((one) => one > 0).length;
  if (share === 0 || share === 1 || clusters < 2) return n.reduce((sum, one) => sum + (one / total) * one, 0);
  const squares = n.reduce((sum, one, i) => sum + (y[i]! - share * one) ** 2, 0);
  return Math.max(1, (squares * clusters) / (clusters - 1) / (total * share * (1 - share)));
}
