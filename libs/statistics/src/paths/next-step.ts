import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { dirichletDraw } from './dirichlet-draw.js';
import { placeOf, reachProbability } from './reach-probability.js';
import { END, START, type TransitionCounts } from './transition-counts.js';
import { transitionMatrix, type TransitionMatrix } from './transition-matrix.js';

export interface NextStep {
  readonly state: string;
  /** How often it follows now. */
  readonly probability: number;
  /** Probability to reach the target from there. */
  readonly reaches: number;
  /** How much more that is than from where the account stands. Associated with the step, not caused by it. */
  readonly gain: number;
  readonly lower: number;
  readonly upper: number;
}

export interface NextStepOptions {
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
  /** Dirichlet prior of each transition that can occur. Default 0.5 (Jeffreys). */
  readonly prior?: number;
  /** Draws of the posterior for the intervals. Default 1,000. */
  readonly draws?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Which next step is followed by the target most often: for each state that was seen to follow `from`, the probability
 * to reach the target from there less that from `from`. Intervals are quantiles over draws of the matrix from its
 * Dirichlet posterior. Best first.
 *
 * Assumes order 1. Accounts that take a step differ from those that do not, so this is where to look, no promise.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` when nothing follows `from`
 */
export function nextSteps(table: TransitionCounts, from: string, target: string, options: NextStepOptions): NextStep[] {
  const { random, prior = 0.5, draws = 1_000 } = options;
  const tail = (1 - checkConfidence(options.confidence ?? 0.95)) / 2;
  if (!(Number.isInteger(draws) && draws >= 10 && draws <= 1_000_000)) {
    throw new StatisticsError('invalid-input', `draws is ${draws}: give a whole number from 10 to 1000000.`);
  }
  const matrix = transitionMatrix(table, { prior });
  const here = placeOf(matrix, from);
  placeOf(matrix, target);
  const steps = table.states.filter((state, j) => table.counts[here]![j]! > 0 && state !== END && state !== from);
  if (steps.length === 0)
    throw new StatisticsError('not-enough-data', `Nothing was seen to follow ${from}: give paths that go on from it.`);
  const gains = steps.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const reach = reachProbability(drawn(table, matrix, prior, random), target);
    steps.forEach((step, k) => (gains[k]![draw] = reach.get(step)! - reach.get(from)!));
  }
  const reach = reachProbability(matrix, target);
  return steps
    .map((state, k): NextStep => {
      const sorted = gains[k]!.sort();
      const at = (share: number): number => sorted[Math.min(draws - 1, Math.floor(share * draws))]!;
      const probability = matrix.probabilities[here]![table.states.indexOf(state)]!;
      const reaches = reach.get(state)!;
      return { state, probability, reaches, gain: reaches - reach.get(from)!, lower: at(tail), upper: at(1 - tail) };
    })
    .sort((a, b) => b.gain - a.gain);
}

/** One matrix of the posterior. Rows of which nothing is known stay as they are. */
function drawn(
  table: TransitionCounts,
  matrix: TransitionMatrix,
  prior: number,
  random: () => number,
): TransitionMatrix {
  const probabilities = table.counts.map((row, i) => {
    if (matrix.seen[i] === 0) return matrix.probabilities[i]!;
    return dirichletDraw(
      row.map((one, j) => (table.states[j] === START ? one : one + prior)),
      random,
    );
  });
  return { ...matrix, probabilities };
}
