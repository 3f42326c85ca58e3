import { bracketedRoot } from '../bracketed-root.js';
import { likeliestMean, mixedLikelihood, shareOfOdds } from './mixed-likelihood.js';
import type { MixedRuns, Runs } from './mixed-runs.js';

/**
 * `mixed`: a maximum at finite α and β. `pooled`: the likelihood is highest as α + β → ∞, one chance for all.
 * `polarised`: as α + β → 0, chances of 0 and 1 only.
 */
export type MixingKind = 'mixed' | 'pooled' | 'polarised';

export interface Mixing {
  readonly kind: MixingKind;
  /** μ = α/(α + β) */
  readonly mean: number;
  /** α + β: Infinity where pooled, 0 where polarised. */
  readonly concentration: number;
  readonly logLikelihood: number;
  /** Of one chance for all. */
  readonly pooledLogLikelihood: number;
}

const LOWEST = -12;
const STEP = 1;
/** Beyond this many times the longest run, a beta-binomial is a binomial to 8 digits. */
const FAR = 1e8;

/**
 * Beta distribution of chances by marginal maximum likelihood. The profile over log(α + β) is looked at over its whole
 * range and each of its maxima refined by the root of its derivative: there is no start to choose, and a second
 * maximum is not missed. Needs a hit and a miss.
 */
export function likeliestMixing(runs: MixedRuns): Mixing {
  const [hits, misses] = [terms(runs.hits), terms(runs.misses)];
  const pooledOdds = Math.log(hits / misses);
  const pooledLogLikelihood = mixedLikelihood(runs, pooledOdds, 0).value;
  let odds = pooledOdds;
  const slopeAt = (logConcentration: number): number => {
    const phi = Math.exp(-logConcentration);
    odds = likeliestMean(runs, phi, odds);
    return mixedLikelihood(runs, odds, phi).slopeInConcentration;
  };
  const longest = runs.trials.length.reduce((most, one, r) => Math.max(most, one + runs.trials.start[r]!), 1);
  const highest = Math.log(FAR * longest);
  let best: Mixing = { kind: 'pooled', mean: hits / (hits + misses), concentration: Infinity, logLikelihood: pooledLogLikelihood, pooledLogLikelihood }; // prettier-ignore
  const consider = (kind: MixingKind, at: number): void => {
    const phi = Math.exp(-at);
    odds = likeliestMean(runs, phi, odds);
    const { value } = mixedLikelihood(runs, odds, phi);
    if (value <= best.logLikelihood) return;
    const concentration = kind === 'polarised' ? 0 : 1 / phi;
    best = { kind, mean: shareOfOdds(odds)[0], concentration, logLikelihood: value, pooledLogLikelihood };
  };
  // From the pooled end, so that each most likely mean starts the search for the next.
  let [at, slope] = [highest, slopeAt(highest)];
  while (at > LOWEST) {
    const next = Math.max(LOWEST, at - STEP);
    const nextSlope = slopeAt(next);
    if (nextSlope > 0 && slope <= 0) consider('mixed', bracketedRoot(slopeAt, next, at, 1e-13));
    [at, slope] = [next, nextSlope];
  }
  if (slope < 0) consider('polarised', LOWEST);
  return best;
}

const terms = ({ weight, length }: Runs): number => weight.reduce((sum, one, r) => sum + one * length[r]!, 0);
