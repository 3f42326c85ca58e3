import { betaBinomialShrinkage, hyperpriorShrinkage } from '@milepost/statistics';
import type { SegmentCounts, SegmentEstimate } from '@milepost/statistics';

export interface ShrunkShares {
  prior: 'beta-binomial with a hyperprior' | 'beta-binomial, empirical Bayes';
  average: { estimate: number; lower: number | null; upper: number | null };
  segments: readonly SegmentEstimate[];
}

/** With fewer groups, how far they differ is itself unsure, and is averaged over. */
const FEW_GROUPS = 20;

/** Shares by group, those of few accounts pulled towards the others. @throws StatisticsError */
export function shrunkShares(counts: SegmentCounts): ShrunkShares {
  const groups = Array.from(counts.trials).filter((trials) => trials > 0).length;
  if (groups < FEW_GROUPS) {
    const { mean, segments } = hyperpriorShrinkage(counts);
    return { prior: 'beta-binomial with a hyperprior', average: mean, segments };
  }
  const { mean, segments } = betaBinomialShrinkage(counts);
  return { prior: 'beta-binomial, empirical Bayes', average: { estimate: mean, lower: null, upper: null }, segments };
}
