import { StatisticsError } from '../statistics-error.js';
import { TouchChain } from './touch-chain.js';
import { channelShares, checkTouchPaths, type ChannelShare, type TouchPath } from './touch-paths.js';

export interface RemovalEffect extends ChannelShare {
  /** By what share conversions would fall if every path through the channel were lost there. */
  readonly effect: number;
}

export interface RemovalEffects {
  /** Of all paths, converted. */
  readonly conversionRate: number;
  readonly channels: readonly RemovalEffect[];
}

/**
 * Removal effects in an absorbing Markov chain of order 1 (Anderl, Becker, von Wangenheim & Schumann 2016): the share
 * of conversions lost when a channel leads nowhere, without simulation. Shares are effects over their sum.
 *
 * Never causal: a channel that many converting accounts pass through scores high although they might have converted
 * without it. Shown beside decay, so that one sees how much hangs on the way of counting.
 *
 * @throws StatisticsError `not-enough-data` without a conversion or without a loss (then every removal looks the same);
 *   `invalid-input`
 */
export function removalEffects(paths: readonly TouchPath[]): RemovalEffects {
  checkTouchPaths(paths);
  const conversions = paths.map((path) => path.conversions);
  const losses = paths.map((path) => path.losses ?? 0);
  const [converted, lost] = [sum(conversions), sum(losses)];
  if (lost === 0) {
    throw new StatisticsError('not-enough-data', 'Every path converted: give those that did not too, or nothing can be said of what a channel adds.'); // prettier-ignore
  }
  const chain = new TouchChain(paths);
  const removals = chain.removals(conversions, losses);
  const all = sum(removals);
  const effects = new Map(chain.channels.map((channel, i) => [channel, removals[i]!]));
  const credits = new Map(Array.from(effects, ([channel, effect]) => [channel, (converted * effect) / all]));
  const channels = channelShares(credits).map((one) => ({ ...one, effect: effects.get(one.channel)! }));
  return { conversionRate: converted / (converted + lost), channels };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
