import { bracketedRoot } from '../bracketed-root.js';
import { betaCdf, betaQuantile } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';

/** A part of a mixture of beta distributions. */
export interface BetaPart {
  readonly weight: number;
  readonly alpha: number;
  readonly beta: number;
}

/** A share's mean and variance in a part of a mixture; `rest` is 1 - mean with digits that 1 - mean has lost near 1. */
export interface MixedMoments {
  readonly weight: number;
  readonly mean: number;
  readonly rest: number;
  readonly variance: number;
}

/** Neighbours that differ by less, in standard deviations and share of variance, become one: an error of its square. */
const ALIKE = 0.003;
const oddsOf = (share: number): number => Math.log(share / (1 - share));

/** The beta distribution with this mean and variance. */
export function matchedBeta({ weight, mean, rest, variance }: MixedMoments): BetaPart {
  const size = (mean * rest) / variance - 1;
  return { weight, alpha: size * mean, beta: size * rest };
}

/** Quantiles of a mixture, whose weights need not add up to 1; from the side of 0 or 1 that keeps more digits. */
export function mixtureQuantiles(parts: readonly BetaPart[], probabilities: readonly number[]): number[] {
  const whole = matchedBeta(momentsOf(parts));
  if (whole.alpha <= whole.beta) return probabilities.map((p) => quantileOf(parts, whole, p));
  const other = turned(whole);
  return probabilities.map((p) => 1 - quantileOf(parts.map(turned), other, 1 - p));
}

const turned = ({ weight, alpha, beta }: BetaPart): BetaPart => ({ weight, alpha: beta, beta: alpha });

function quantileOf(parts: readonly BetaPart[], whole: BetaPart, probability: number): number {
  const excess = (odds: number): number => {
    const share = 1 / (1 + Math.exp(-odds));
    const sum = parts.reduce((so, { weight, alpha, beta }) => so + weight * (betaCdf(share, alpha, beta) - probability), 0); // prettier-ignore
    if (!Number.isNaN(sum)) return sum;
    throw new StatisticsError('no-convergence', `A beta distribution has no value at ${share}: look for counts of very different sizes.`); // prettier-ignore
  };
  const start = oddsOf(Math.max(1e-300, betaQuantile(probability, whole.alpha, whole.beta)));
  const middle = Math.max(-600, Math.min(600, start));
  const low = outward(middle, -1, (odds) => excess(odds) < 0);
  const high = outward(middle, 1, (odds) => excess(odds) > 0);
  if (low !== null && high !== null) return 1 / (1 + Math.exp(-bracketedRoot(excess, low, high, 1e-8)));
  // Beyond what a number can hold: below 1e-300, or within 1e-16 of 1.
  return low === null ? 0 : 1;
}

function momentsOf(parts: readonly BetaPart[]): MixedMoments {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const share = (one: BetaPart, side: 'alpha' | 'beta'): number => one[side] / (one.alpha + one.beta);
  const average = (of: (one: BetaPart) => number) => parts.reduce((sum, one) => sum + (one.weight / total) * of(one), 0); // prettier-ignore
  const [mean, rest] = [average((one) => share(one, 'alpha')), average((one) => share(one, 'beta'))];
  const [side, centre] = mean < rest ? (['alpha', mean] as const) : (['beta', rest] as const);
  const within = (one: BetaPart): number => (share(one, 'alpha') * share(one, 'beta')) / (one.alpha + one.beta + 1);
  return { weight: 1, mean, rest, variance: average((one) => within(one) + (share(one, side) - centre) ** 2) };
}

/** By growing steps away from a point to one that will do; null where none does before shares are 0 or 1. */
function outward(from: number, direction: number, isFine: (odds: number) => boolean): number | null {
  for (let width = 0.05; width < 2000; width *= 4) {
    if (isFine(from + direction * width)) return from + direction * width;
  }
  return null;
}

/** Neighbours with nearly the same moments as one part: the flat ends of a grid are many times the same. */
export function mergedMoments(parts: readonly MixedMoments[]): MixedMoments[] {
  const found: MixedMoments[] = [];
  let first: MixedMoments | undefined;
  for (const part of parts) {
    const last = found[found.length - 1];
    const isAlike =
      first !== undefined &&
      Math.abs(part.mean - first.mean) < ALIKE * Math.sqrt(first.variance) &&
      Math.abs(part.variance - first.variance) < ALIKE * first.variance;
    if (last === undefined || !isAlike) {
      found.push(part);
      first = part;
      continue;
    }
    const weight = last.weight + part.weight;
    const of = (field: 'mean' | 'rest' | 'variance') =>
      (last.weight * last[field] + part.weight * part[field]) / weight;
    found[found.length - 1] = { weight, mean: of('mean'), rest: of('rest'), variance: of('variance') };
  }
  return found;
}
