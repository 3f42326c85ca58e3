import { likeliestMean, mixedLikelihood, shareOfOdds } from './mixed-likelihood.js';
import type { MixedRuns } from './mixed-runs.js';
import type { Tabulated } from './tabulated-distribution.js';

/** Posterior at one log(α + β): its density there (not normalised), and what is believed of μ given it. */
export interface HyperNode {
  readonly logConcentration: number;
  readonly logDensity: number;
  readonly mean: number;
  readonly variance: number;
  /** Of the log odds of μ. */
  readonly odds: Tabulated;
}

/** Nodes at equal steps, lowest first, with weights that add up to 1. */
export interface HyperNodes {
  readonly step: number;
  readonly nodes: readonly HyperNode[];
  readonly weights: readonly number[];
}

/** What lies further below the highest point, e^-20 = 2e-9 of it, is left out. */
const DEEPEST = 20;
const WIDEST_STEP = 0.5;
/** In standard deviations of log odds: the trapezoid's error on a bell falls as e^(-2π²/step²). */
const INNER_STEP = 0.6;
const INNER_DEEPEST = 36;
const MOST_STEPS = 5000;

/**
 * Grid over (log(α/β), log(α + β)) as in BDA3, §5.3, by trapezoids whose steps follow the posterior, so that their
 * error is far below that of the cut tails. With the prior (α + β)^(-5/2) and the change of variables the density is
 * likelihood × μ (1 - μ) (α + β)^(-1/2): in μ, a hit and a miss more.
 *
 * @param runs with at least one segment that has both outcomes: without, the posterior has no finite integral
 */
export function hyperNodes(runs: MixedRuns, start: number): HyperNodes {
  const one = { weight: [1], start: [0], length: [1] };
  const believed: MixedRuns = { ...runs, hits: joined(runs.hits, one), misses: joined(runs.misses, one) };
  let odds = 0;
  const nodeAt = (logConcentration: number): HyperNode => {
    const phi = Math.exp(-logConcentration);
    odds = likeliestMean(believed, phi, odds);
    return { logConcentration, ...overOdds(believed, odds, phi, logConcentration / 2) };
  };
  const mode = highest((u) => nodeAt(u).logDensity, start);
  const bend = [-0.1, 0, 0.1].map((by) => nodeAt(mode + by).logDensity) as [number, number, number];
  const curvature = (2 * bend[1] - bend[0] - bend[2]) / 0.01;
  const step = Math.min(WIDEST_STEP, curvature > 0 ? 0.5 / Math.sqrt(curvature) : WIDEST_STEP);
  const walk = (direction: number): HyperNode[] => {
    const found: HyperNode[] = [];
    let top = bend[1];
    for (let k = 1; k <= MOST_STEPS; k++) {
      const node = nodeAt(mode + direction * k * step);
      if (node.logDensity < top - DEEPEST) break;
      top = Math.max(top, node.logDensity);
      found.push(node);
    }
    return found;
  };
  const nodes = [...walk(-1).reverse(), nodeAt(mode), ...walk(1)];
  const top = nodes.reduce((most, node) => Math.max(most, node.logDensity), -Infinity);
  const weights = nodes.map((node) => Math.exp(node.logDensity - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { step, nodes, weights: weights.map((weight) => weight / total) };
}

/** Integral over the log odds of μ by trapezoids about their mode, with μ's moments. */
function overOdds(runs: MixedRuns, mode: number, phi: number, penalty: number): Omit<HyperNode, 'logConcentration'> {
  const top = mixedLikelihood(runs, mode, phi);
  const step = INNER_STEP / Math.sqrt(-top.curvature);
  const side = (direction: number): number[] => {
    const found: number[] = [];
    for (let k = 1; k <= MOST_STEPS; k++) {
      const drop = mixedLikelihood(runs, mode + direction * k * step, phi).value - top.value;
      if (drop < -INNER_DEEPEST) break;
      found.push(Math.exp(drop));
    }
    return found;
  };
  const [below, above] = [side(-1).reverse(), side(1)];
  const density = [...below, 1, ...above];
  const centre = shareOfOdds(mode)[0];
  const off = density.map((_, i) => shareOfOdds(mode + (i - below.length) * step)[0] - centre);
  const mass = density.reduce((sum, weight) => sum + weight, 0);
  const shift = density.reduce((sum, weight, i) => sum + weight * off[i]!, 0) / mass;
  return {
    logDensity: top.value + Math.log(mass * step) - penalty,
    mean: centre + shift,
    variance: density.reduce((sum, weight, i) => sum + weight * (off[i]! - shift) ** 2, 0) / mass,
    odds: { first: mode - below.length * step, step, last: mode + above.length * step, density },
  };
}

/** Uphill by steps that halve: near enough to the mode to place a grid. */
function highest(f: (u: number) => number, start: number): number {
  let [here, value] = [start, f(start)];
  for (let move = 2; move > 0.05; move /= 2) {
    for (let k = 0; k < 50; k++) {
      const [up, down] = [f(here + move), f(here - move)];
      if (up <= value && down <= value) break;
      [here, value] = up > down ? [here + move, up] : [here - move, down];
    }
  }
  return here;
}

function joined(one: MixedRuns['hits'], other: MixedRuns['hits']): MixedRuns['hits'] {
  return {
    weight: [...one.weight, ...other.weight],
    start: [...one.start, ...other.start],
    length: [...one.length, ...other.length],
  };
}
