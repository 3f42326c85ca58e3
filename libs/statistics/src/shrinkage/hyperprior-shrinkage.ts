import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { segmentRuns, type ShrinkageOptions } from './beta-binomial-shrinkage.js';
import { mixtureQuantiles } from './beta-mixture.js';
import { chanceAt, segmentMixture } from './hyper-parts.js';
import { hyperNodes, type HyperNode, type HyperNodes } from './hyperprior-nodes.js';
import { shareOfOdds } from './mixed-likelihood.js';
import { checkedSegments, type SegmentCounts, type SegmentEstimate } from './segment-counts.js';
import { tabulatedCdf, tabulatedQuantile } from './tabulated-distribution.js';

export interface HyperpriorShrinkage {
  /** Posterior of α/(α + β), the segments' average. */
  readonly mean: { readonly estimate: number; readonly lower: number; readonly upper: number };
  /** Posterior of α + β. Its mean is infinite, since few segments never exclude that they are all the same. */
  readonly concentration: { readonly median: number; readonly lower: number; readonly upper: number };
  /** In the order given. */
  readonly segments: readonly SegmentEstimate[];
  /** A segment of which nothing is known yet. */
  readonly newSegment: SegmentEstimate;
}

/**
 * Beta-binomial shrinkage that does not take α and β as known (Gelman et al., BDA3, §5.3): the prior is flat in
 * (α/(α + β), (α + β)^(-1/2)), and posterior means, pulls and equal-tailed intervals are averaged over all that the
 * segments leave open of α and β. For few segments, where `betaBinomialShrinkage` is too sure.
 *
 * Means and pulls are exact to the grid's 8 digits, the bounds of intervals to 0.0005.
 *
 * Assumes that segments are exchangeable. `pull` is the posterior mean of (α + β)/(α + β + trials).
 *
 * @throws StatisticsError `not-enough-data` without 2 segments with trials, or without a segment that has both
 *   outcomes, as the posterior then has no finite integral; `invalid-input`
 */
export function hyperpriorShrinkage(counts: SegmentCounts, options: ShrinkageOptions = {}): HyperpriorShrinkage {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const data = checkedSegments(counts);
  if (!data.trials.some((n, i) => data.weights[i]! > 0 && data.events[i]! > 0 && data.events[i]! < n)) {
    throw new StatisticsError('not-enough-data', 'No segment has both outcomes, so nothing says how far segments differ: give more trials for each, or fewer segments.'); // prettier-ignore
  }
  const segments = data.weights.reduce((sum, one) => sum + one, 0);
  const grid = hyperNodes(segmentRuns(data), Math.log(data.totalTrials / segments));
  const tails = [(1 - confidence) / 2, (1 + confidence) / 2] as const;
  const mixtureOf = segmentMixture(grid);
  const average = (of: (node: HyperNode) => number): number => grid.nodes.reduce((sum, node, k) => sum + grid.weights[k]! * of(node), 0); // prettier-ignore
  const known = new Map<string, SegmentEstimate>();
  const segmentOf = (events: number, trials: number): SegmentEstimate => {
    const found = known.get(`${events}/${trials}`);
    if (found !== undefined) return found;
    const [lower, upper] = mixtureQuantiles(mixtureOf(events, trials), tails) as [number, number];
    const estimate = average((node) => chanceAt(node, events, trials).mean);
    const pull = trials === 0 ? 1 : average((node) => chanceAt(node, events, trials).pull);
    const segment = { events, trials, raw: trials === 0 ? null : events / trials, estimate, lower, upper, pull };
    known.set(`${events}/${trials}`, segment);
    return segment;
  };
  const [lower, upper] = meanQuantiles(grid, tails);
  return {
    mean: { estimate: average(({ mean }) => mean), lower, upper },
    concentration: concentrationOf(grid, tails),
    segments: Array.from(data.trials, (trials, i) => segmentOf(data.events[i]!, trials)),
    newSegment: segmentOf(0, 0),
  };
}

type Tails = readonly [number, number];

function meanQuantiles({ nodes, weights }: HyperNodes, tails: Tails): Tails {
  const parts = nodes.map(({ odds }, k) => ({ weight: weights[k]!, cdf: tabulatedCdf(odds) }));
  const least = nodes.reduce((low, { odds }) => Math.min(low, odds.first), Infinity);
  const most = nodes.reduce((high, { odds }) => Math.max(high, odds.last), -Infinity);
  return tails.map((p) => {
    const excess = (odds: number): number => parts.reduce((sum, { weight, cdf }) => sum + weight * cdf(odds), -p);
    return shareOfOdds(bracketedRoot(excess, least, most, 1e-10))[0];
  }) as [number, number];
}

function concentrationOf({ nodes, weights, step }: HyperNodes, tails: Tails) {
  const at = nodes.map(({ logConcentration }) => logConcentration);
  const table = { first: at[0]!, step, last: at[at.length - 1]!, density: weights };
  const [lower, median, upper] = [tails[0], 0.5, tails[1]].map((p) => Math.exp(tabulatedQuantile(table, p))) as [number, number, number]; // prettier-ignore
  return { median, lower, upper };
}
