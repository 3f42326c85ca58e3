import { normalDraw } from '../normal-draw.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { removalEffects, type RemovalEffect } from './removal-effects.js';
import { TouchChain } from './touch-chain.js';
import type { TouchPath } from './touch-paths.js';

export interface RemovalInterval extends RemovalEffect {
  /** Of the share. */
  readonly lower: number;
  readonly upper: number;
}

export interface BootstrapOptions {
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
  /** Default 1,000. */
  readonly draws?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Removal shares with bootstrap percentile intervals (Efron 1979): accounts are drawn anew from all accounts, path by
 * path, so the cost grows with the different paths, not with the accounts.
 *
 * @throws StatisticsError as `removalEffects`, and `invalid-input` for counts that are no whole accounts
 */
export function removalIntervals(paths: readonly TouchPath[], options: BootstrapOptions): RemovalInterval[] {
  const { random, draws = 1_000 } = options;
  const tail = (1 - checkConfidence(options.confidence ?? 0.95)) / 2;
  if (!(Number.isInteger(draws) && draws >= 10 && draws <= 1_000_000)) {
    throw new StatisticsError('invalid-input', `draws is ${draws}: give a whole number from 10 to 1000000.`);
  }
  const { channels } = removalEffects(paths);
  const cells = paths.flatMap(({ conversions, losses = 0 }, i) => {
    if (Number.isInteger(conversions) && Number.isInteger(losses)) return [conversions, losses];
    throw new StatisticsError('invalid-input', `paths[${i}] counts ${conversions} and ${losses}: a bootstrap draws whole accounts.`); // prettier-ignore
  });
  const chain = new TouchChain(paths);
  const shares = new Map(chain.channels.map((channel) => [channel, new Float64Array(draws)]));
  const found = new Map(channels.map(({ channel, share }) => [channel, share]));
  for (let draw = 0; draw < draws; draw++) {
    const drawn = multinomialDraw(cells, random);
    const [conversions, losses] = [0, 1].map((side) => drawn.filter((_, k) => k % 2 === side)) as [number[], number[]];
    // A draw without a conversion or a loss says nothing of shares: they stay as they were found.
    const isTelling = [conversions, losses].every((side) => side.some((one) => one > 0));
    const effects = isTelling ? chain.removals(conversions, losses) : chain.channels.map((one) => found.get(one)!);
    const all = effects.reduce((sum, one) => sum + one, 0);
    chain.channels.forEach((channel, i) => (shares.get(channel)![draw] = effects[i]! / all));
  }
  return channels.map((one) => {
    const sorted = shares.get(one.channel)!.sort();
    const at = (part: number): number => sorted[Math.min(draws - 1, Math.floor(part * draws))]!;
    return { ...one, lower: at(tail), upper: at(1 - tail) };
  });
}

/** As many accounts as there are, each drawn from all: one binomial a cell, given those before it. */
function multinomialDraw(cells: readonly number[], random: () => number): number[] {
  let left = cells.reduce((sum, one) => sum + one, 0);
  let mass = left;
  return cells.map((cell) => {
    const count = mass > 0 && left > 0 ? binomialDraw(left, cell / mass, random) : 0;
    mass -= cell;
    left -= count;
    return count;
  });
}

const EXACT_MEAN = 30;

/**
 * By waiting times where few are expected (exact; Devroye 1986, X.4.3), otherwise the normal approximation, rounded and
 * kept within 0 and n.
 */
function binomialDraw(trials: number, probability: number, random: () => number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomialDraw(trials, 1 - probability, random);
  if (trials * probability > EXACT_MEAN) {
    const spread = Math.sqrt(trials * probability * (1 - probability));
    return Math.min(trials, Math.max(0, Math.round(trials * probability + spread * normalDraw(random))));
  }
  const log = Math.log1p(-probability);
  let count = 0;
  for (let at = 0; count <= trials; count++) {
    at += Math.floor(Math.log(1 - random()) / log) + 1;
    if (at > trials) break;
  }
  return Math.min(count, trials);
}
