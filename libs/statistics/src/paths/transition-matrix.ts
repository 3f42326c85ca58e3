import { StatisticsError } from '../statistics-error.js';
import { checkTransitions, START, type TransitionCounts } from './transition-counts.js';

export interface TransitionMatrix {
  readonly states: readonly string[];
  /** [from][to]; each row sums to 1. */
  readonly probabilities: readonly (readonly number[])[];
  /** Transitions seen from each state. */
  readonly seen: readonly number[];
  /** States that were left fewer than `least` times: their rows say little. */
  readonly thin: readonly string[];
}

export interface MatrixOptions {
  /**
   * Dirichlet prior: so many transitions are added to each state that can follow (any but `(start)`). Default 0, the
   * likelihood's maximum; 0.5 (Jeffreys) keeps what has not been seen yet possible.
   */
  readonly prior?: number;
  /** Default 10. */
  readonly least?: number;
}

/**
 * Probabilities of the next state, by row-normalised counts (Anderson & Goodman 1957), perhaps smoothed. A state that
 * nothing was seen to follow stays where it is with probability 1, as `(end)` does.
 *
 * Assumes order 1: what follows depends on the present state alone. `orderTest` asks whether it does.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data`
 */
export function transitionMatrix(table: TransitionCounts, options: MatrixOptions = {}): TransitionMatrix {
  const { prior = 0, least = 10 } = options;
  checkTransitions(table);
  if (!(prior >= 0 && prior < Infinity)) {
    throw new StatisticsError('invalid-input', `prior is ${prior}: give a finite number of 0 or more.`);
  }
  const { states, counts } = table;
  const seen = counts.map((row) => row.reduce((sum, one) => sum + one, 0));
  const probabilities = counts.map((row, i) => {
    if (seen[i] === 0) return row.map((_, j) => (i === j ? 1 : 0));
    const smoothed = row.map((one, j) => (states[j] === START ? one : one + prior));
    const total = smoothed.reduce((sum, one) => sum + one, 0);
    return smoothed.map((one) => one / total);
  });
  return { states, probabilities, seen, thin: states.filter((_, i) => seen[i]! > 0 && seen[i]! < least) };
}
