import { runSums, type MixedRuns } from './mixed-runs.js';

export interface MixedLikelihood {
  readonly value: number;
  /** dμ/dη (dL/dμ), η = log odds of μ. */
  readonly slope: number;
  /** Second derivative in η. */
  readonly curvature: number;
  /** Derivative in log(α + β) at this μ. */
  readonly slopeInConcentration: number;
}

/** Share with these log odds, and its complement with all its digits. */
export const shareOfOdds = (logOdds: number): readonly [share: number, rest: number] => [
  1 / (1 + Math.exp(-logOdds)),
  1 / (1 + Math.exp(logOdds)),
];

/** Derivatives in the log odds of μ alone: of these the trials know nothing. */
function inOdds({ hits, misses }: MixedRuns, logOdds: number, phi: number) {
  const [mu, rest] = shareOfOdds(logOdds);
  const [up, down] = [runSums(hits, mu, phi), runSums(misses, rest, phi)];
  const scale = mu * rest;
  const slope = up.inverse - down.inverse;
  const curvature = scale * ((rest - mu) * slope - scale * (up.inverseSquare + down.inverseSquare));
  return { mu, rest, up, down, slope: scale * slope, curvature };
}

/** Log-likelihood at the log odds of μ and at φ = 1/(α + β). */
export function mixedLikelihood(runs: MixedRuns, logOdds: number, phi: number): MixedLikelihood {
  const { mu, rest, up, down, slope, curvature } = inOdds(runs, logOdds, phi);
  const trials = runSums(runs.trials, 1, phi);
  return {
    value: up.log + down.log - trials.log,
    slope,
    curvature,
    slopeInConcentration: mu * up.inverse + rest * down.inverse - trials.inverse,
  };
}

const MOST_STEPS = 100;
const WIDEST = 700;

/**
 * The log odds of the most likely μ at a given φ. The log-likelihood is concave in μ, so that Newton's steps, halved
 * back into the bracket, end there from anywhere. Needs a hit and a miss.
 */
export function likeliestMean(runs: MixedRuns, phi: number, start: number): number {
  let [low, high] = [-WIDEST, WIDEST];
  let here = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = inOdds(runs, here, phi);
    if (slope > 0) low = here;
    else high = here;
    const newton = here - slope / curvature;
    const isFine = curvature < 0 && newton > low && newton < high;
    const next = isFine ? newton : (Math.max(low, here - 4) + Math.min(high, here + 4)) / 2;
    const move = Math.abs(next - here) / (1 + Math.abs(here));
    here = next;
    // Newton's error is about the square of its last step.
    if (move <= (isFine ? 1e-8 : 1e-14)) break;
  }
  return here;
}

/** Observed information of (log odds of μ, log(α + β)). */
export function mixedInformation(
  runs: MixedRuns,
  logOdds: number,
  phi: number,
): readonly [readonly [number, number], readonly [number, number]] {
  // prettier-ignore
  const { mu, rest, up, down, slope, curvature } = inOdds(runs, logOdds, phi);
  const trials = runSums(runs.trials, 1, phi);
  const cross = -slope + mu * rest * (mu * up.inverseSquare - rest * down.inverseSquare);
  const ofHits = mu * (up.inverse - mu * up.inverseSquare);
  const ofMisses = rest * (down.inverse - rest * down.inverseSquare);
  const size = trials.inverse - trials.inverseSquare - ofHits - ofMisses;
  return [[-curvature, cross], [cross, size]]; // prettier-ignore
}
