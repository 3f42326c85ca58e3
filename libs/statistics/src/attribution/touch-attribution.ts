import { wilson } from '../experiments/proportion-interval.js';
import { StatisticsError } from '../statistics-error.js';
import { intervalWidth } from '../survival/probability-interval.js';
import { channelShares, checkTouchPaths, type ChannelShare, type TouchPath } from './touch-paths.js';

/**
 * How a conversion is shared out over its touches.
 * `position`: so much to the first and the last, the rest to those between; with two touches in their proportion.
 * `decay`: weights 2^(-age / halfLife), in the unit of the ages.
 */
export type AttributionRule =
  | { readonly kind: 'first' | 'last' | 'linear' }
  | { readonly kind: 'position'; readonly first?: number; readonly last?: number }
  | { readonly kind: 'decay'; readonly halfLife: number };

/** With an interval of the share over accounts like these. */
export interface AttributedShare extends ChannelShare {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Conversions by channel, each conversion shared out over the touches before it by a rule. Touches may be campaigns,
 * guides, interviews or tickets alike. It conserves conversions, and channels that never came before one get 0.
 *
 * The interval is Wilson's score interval, as if each conversion went to a channel whole or not at all. Of all things
 * from 0 to 1 with one mean these vary the most, so it covers at least as often as it says: exactly so for first and
 * last touch, more often where conversions are shared out.
 *
 * A rule is a way of counting. It says where conversions were met, never what caused them; for that, an experiment.
 *
 * @throws StatisticsError `not-enough-data` without a conversion; `invalid-input`, also for decay without ages
 */
export function touchAttribution(
  paths: readonly TouchPath[],
  rule: AttributionRule,
  confidence = 0.95,
): AttributedShare[] {
  checkTouchPaths(paths);
  const z = intervalWidth(confidence);
  const accounts = paths.reduce((sum, { conversions }) => sum + conversions, 0);
  const weigh = weightsOf(rule);
  const credits = new Map<string, number>();
  paths.forEach((path, i) => {
    const weights = weigh(path, i);
    const total = weights.reduce((sum, one) => sum + one, 0);
    path.channels.forEach((channel, k) => {
      credits.set(channel, (credits.get(channel) ?? 0) + (path.conversions * weights[k]!) / total);
    });
  });
  return channelShares(credits).map((one) => {
    const [lower, upper] = wilson({ events: Math.min(accounts, one.conversions), accounts }, z);
    return { ...one, lower, upper };
  });
}

type Weigh = (path: TouchPath, place: number) => number[];

function weightsOf(rule: AttributionRule): Weigh {
  switch (rule.kind) {
    case 'first':
      return ({ channels }) => channels.map((_, k) => (k === 0 ? 1 : 0));
    case 'last':
      return ({ channels }) => channels.map((_, k) => (k === channels.length - 1 ? 1 : 0));
    case 'linear':
      return ({ channels }) => channels.map(() => 1);
    case 'position':
      return byPosition(rule.first ?? 0.4, rule.last ?? 0.4);
    case 'decay':
      return byAge(rule.halfLife);
    default:
      throw new StatisticsError('invalid-input', `rule.kind is ${String((rule as AttributionRule).kind)}: give first, last, linear, position or decay.`); // prettier-ignore
  }
}

function byPosition(first: number, last: number): Weigh {
  if (!(first >= 0 && last >= 0 && first + last > 0 && first + last <= 1)) {
    throw new StatisticsError('invalid-input', `first is ${first} and last ${last}: give shares of 0 or more that sum to at most 1, and not to 0.`); // prettier-ignore
  }
  return ({ channels: { length } }) => {
    if (length === 1) return [1];
    const between = length > 2 ? (1 - first - last) / (length - 2) : 0;
    return Array.from({ length }, (_, k) => (k === 0 ? first : k === length - 1 ? last : between));
  };
}

function byAge(halfLife: number): Weigh {
  if (!(halfLife > 0)) throw new StatisticsError('invalid-input', `halfLife is ${halfLife}: give a time above 0.`);
  return ({ ages, conversions, channels }, i) => {
    if (!ages) {
      if (conversions === 0) return channels.map(() => 1);
      throw new StatisticsError('invalid-input', `paths[${i}] has no ages: decay needs the time from each touch to the conversion.`); // prettier-ignore
    }
    // From the newest touch on, so that touches of years ago do not all weigh 0.
    const newest = Math.min(...ages);
    return ages.map((age) => 2 ** (-(age - newest) / halfLife));
  };
}
