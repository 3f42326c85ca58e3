import { Matrix, solve } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
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
 * of conversions lost when a channel leads nowhere, by linear solves, without simulation. Shares are effects over their
 * sum.
 *
 * Never causal: a channel that many converting accounts pass through scores high although they might have converted
 * without it. Shown beside decay, so that one sees how much hangs on the way of counting.
 *
 * @throws StatisticsError `not-enough-data` without a conversion or without a loss (then every removal looks the same);
 *   `invalid-input`
 */
export function removalEffects(paths: readonly TouchPath[]): RemovalEffects {
  checkTouchPaths(paths);
  const conversions = paths.reduce((sum, path) => sum + path.conversions, 0);
  const losses = paths.reduce((sum, path) => sum + (path.losses ?? 0), 0);
  if (losses === 0) {
    throw new StatisticsError('not-enough-data', 'Every path converted: give those that did not too, or nothing can be said of what a channel adds.'); // prettier-ignore
  }
  const chain = new TouchChain(paths);
  const whole = chain.conversionRate(null);
  const effects = new Map(
    chain.channels.map((channel, i) => [channel, Math.max(0, 1 - chain.conversionRate(i) / whole)]),
  );
  const sum = [...effects.values()].reduce((total, one) => total + one, 0);
  const credits = new Map(Array.from(effects, ([channel, effect]) => [channel, (conversions * effect) / sum]));
  const channels = channelShares(credits).map((one) => ({ ...one, effect: effects.get(one.channel)! }));
  return { conversionRate: conversions / (conversions + losses), channels };
}

/** Start, channels, conversion and loss, with what flows between them. */
class TouchChain {
  readonly channels: readonly string[];
  /** [from][to]; from: channels, then the start; to: channels, then the conversion. What is missing to 1 is lost. */
  private readonly flow: number[][];

  constructor(paths: readonly TouchPath[]) {
    this.channels = [...new Set(paths.flatMap(({ channels }) => channels))];
    const size = this.channels.length;
    const place = new Map(this.channels.map((channel, i) => [channel, i]));
    const flow = Array.from({ length: size + 1 }, () => new Array<number>(size + 1).fill(0));
    const left = new Array<number>(size + 1).fill(0);
    for (const { channels, conversions, losses = 0 } of paths) {
      const count = conversions + losses;
      let from = size;
      for (const channel of channels) {
        const to = place.get(channel)!;
        flow[from]![to]! += count;
        left[from]! += count;
        from = to;
      }
      flow[from]![size]! += conversions;
      left[from]! += count;
    }
    this.flow = flow.map((row, i) => row.map((one) => (left[i]! > 0 ? one / left[i]! : 0)));
  }

  /** From the start to a conversion, with one channel (by place) leading nowhere. */
  conversionRate(removed: number | null): number {
    const size = this.channels.length;
    // Of channels that nothing leaves for good, a conversion included, the system would have no one solution.
    const kept = this.channels.map((_, i) => i).filter((i) => i !== removed && this.flow[i]!.some((one) => one > 0));
    const start = this.flow[size]!;
    if (kept.length === 0) return start[size]!;
    const system = Matrix.zeros(kept.length, kept.length);
    kept.forEach((i, a) => kept.forEach((j, b) => system.set(a, b, (a === b ? 1 : 0) - this.flow[i]![j]!)));
    const straight = Matrix.columnVector(kept.map((i) => this.flow[i]![size]!));
    const rates = solve(system, straight);
    return kept.reduce((sum, i, a) => sum + start[i]! * rates.get(a, 0), start[size]!);
  }
}
