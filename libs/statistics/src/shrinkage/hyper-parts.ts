import { matchedBeta, mergedMoments, type BetaPart, type MixedMoments } from './beta-mixture.js';
import { discreteGauss, type WeightedPoints } from './discrete-gauss.js';
import type { HyperNode, HyperNodes } from './hyperprior-nodes.js';
import { shareOfOdds } from './mixed-likelihood.js';

const NEGLIGIBLE = 1e-7;

/** Posterior mean of a segment's chance at one α + β, and its variance by what is known of μ and by the rest. */
export function chanceAt({ logConcentration, mean: mu, variance }: HyperNode, events: number, trials: number) {
  const size = Math.exp(logConcentration);
  const pull = size / (size + trials);
  const mean = pull * mu + events / (size + trials);
  const rest = pull * (1 - mu) + (trials - events) / (size + trials);
  const between = pull * pull * variance;
  return { size, pull, mean, rest, between, within: (mean * rest - between) / (size + trials + 1) };
}

/**
 * The posterior of a segment's chance as a mixture of beta distributions. At each α + β it is one over μ: of exact ones
 * at 5 or 12 points for μ where they are wide enough to lie close, else, where μ is all that is unsure or does not
 * matter, one with the mean and variance of all.
 */
export function segmentMixture({ nodes, weights }: HyperNodes): (events: number, trials: number) => BetaPart[] {
  const known = new Map<string, WeightedPoints>();
  const pointsAt = (k: number, count: number): WeightedPoints => {
    const found = known.get(`${k} ${count}`) ?? discreteGauss(pointsIn(nodes[k]!), count);
    known.set(`${k} ${count}`, found);
    return found;
  };
  return (events, trials) => {
    const exact: BetaPart[] = [];
    const matched: MixedMoments[] = [];
    nodes.forEach((node, k) => {
      const weight = weights[k]!;
      if (weight < NEGLIGIBLE) return;
      const { size, mean, rest: others, between, within } = chanceAt(node, events, trials);
      const count = size < 0.01 ? 0 : pointsFor(within / between);
      if (count === 0) {
        matched.push({ weight, mean, rest: others, variance: between + within });
        return;
      }
      const odds = pointsAt(k, count);
      odds.at.forEach((at, i) => {
        const [mu, rest] = shareOfOdds(at);
        exact.push({
          weight: weight * odds.weight[i]!,
          alpha: size * mu + events,
          beta: size * rest + trials - events,
        });
      });
    });
    return [...exact, ...mergedMoments(matched).map(matchedBeta)];
  };
}

/** How many points for μ, by the variance of an exact part over that of their means. */
function pointsFor(ratio: number): number {
  if (ratio < 0.46 || ratio > 1e4) return 0;
  return ratio < 1.1 ? 12 : 5;
}

const pointsIn = ({ odds: { first, step, density } }: HyperNode): WeightedPoints => ({
  at: density.map((_, i) => first + i * step),
  weight: density,
});
