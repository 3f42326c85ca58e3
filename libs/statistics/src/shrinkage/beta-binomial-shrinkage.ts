import { betaQuantile, twoSidedP } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { likeliestMixing } from './likeliest-mixing.js';
import { RunCollector } from './mixed-runs.js';
import { checkedSegments, type CheckedSegments, type SegmentCounts, type SegmentEstimate } from './segment-counts.js';

export interface ShrinkageOptions {
  /** Posterior probability of each interval. Default 0.95. */
  readonly confidence?: number;
}

export interface BetaBinomialShrinkage {
  /** Of the beta distribution of the segments' chances. Infinity where pooled. */
  readonly alpha: number;
  readonly beta: number;
  /** α/(α + β) */
  readonly mean: number;
  /** α + β: how many trials of its own a segment needs to count as much as the others. Infinity where pooled. */
  readonly concentration: number;
  /** Without the binomial constants. */
  readonly logLikelihood: number;
  /** Whether the segments differ by no more than chance would make them: all then get the one pooled chance. */
  readonly isPooled: boolean;
  /** Likelihood-ratio test that all segments have one chance; p is half of χ²₁'s, since α + β = ∞ is a boundary. */
  readonly heterogeneity: { readonly statistic: number; readonly p: number };
  /** In the order given. */
  readonly segments: readonly SegmentEstimate[];
}

/**
 * Beta-binomial empirical Bayes (Robbins 1956; Gelman et al., BDA3, §5.1; VGAM's `betabinomialff` fits the same):
 * segments' chances are drawn from Beta(α, β), estimated by marginal maximum likelihood, and each is then read from its
 * posterior Beta(α + events, β + trials - events) with equal tails. The pull is (α + β)/(α + β + trials).
 *
 * Assumes that segments are exchangeable: nothing else is known that would order them. The intervals take α and β as
 * known, which is too narrow below about 20 segments: use `hyperpriorShrinkage` there. Where pooled, all have the
 * pooled chance with Jeffreys' interval, Beta(½ + events, ½ + others) of all together. The cost grows with the number
 * of segments that differ in counts, not with the counts.
 *
 * @throws StatisticsError `not-enough-data` without 2 segments with trials or without both outcomes, or where each
 *   segment has all or none, so that α + β runs to 0; `invalid-input`
 */
export function betaBinomialShrinkage(counts: SegmentCounts, options: ShrinkageOptions = {}): BetaBinomialShrinkage {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const data = checkedSegments(counts);
  const fit = likeliestMixing(segmentRuns(data));
  if (fit.kind === 'polarised') {
    throw new StatisticsError('not-enough-data', 'Segments have all or none of the events, so each stands for itself alone: give more trials for each, or fewer segments.'); // prettier-ignore
  }
  const { mean, concentration, logLikelihood } = fit;
  const isPooled = fit.kind === 'pooled';
  const [alpha, beta] = isPooled ? [Infinity, Infinity] : [concentration * mean, concentration * (1 - mean)];
  const tails = [(1 - confidence) / 2, (1 + confidence) / 2] as const;
  const interval = (a: number, b: number) => tails.map((p) => betaQuantile(p, a, b)) as [number, number];
  const pooled = interval(0.5 + data.totalEvents, 0.5 + data.totalTrials - data.totalEvents);
  const statistic = 2 * Math.max(0, logLikelihood - fit.pooledLogLikelihood);
  const segments = Array.from(data.trials, (trials, i) => {
    const events = data.events[i]!;
    const pull = isPooled ? 1 : concentration / (concentration + trials);
    const raw = trials === 0 ? null : events / trials;
    const [lower, upper] = isPooled ? pooled : interval(alpha + events, beta + trials - events);
    return { events, trials, raw, estimate: pull * mean + (1 - pull) * (raw ?? 0), lower, upper, pull };
  });
  return {
    alpha,
    beta,
    mean,
    concentration,
    logLikelihood,
    isPooled,
    heterogeneity: { statistic, p: isPooled ? 1 : twoSidedP(Math.sqrt(statistic)) / 2 },
    segments,
  };
}

export function segmentRuns({ events, trials, weights }: CheckedSegments) {
  const runs = { hits: new RunCollector(), misses: new RunCollector(), trials: new RunCollector() };
  trials.forEach((n, i) => {
    runs.hits.add(weights[i]!, 0, events[i]!);
    runs.misses.add(weights[i]!, 0, n - events[i]!);
    runs.trials.add(weights[i]!, 0, n);
  });
  return runs;
}
