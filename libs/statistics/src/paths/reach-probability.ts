import { Matrix, solve } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import type { TransitionMatrix } from './transition-matrix.js';

/**
 * From each state, the probability to come to `target` sooner or later: h = 1 at the target, h = P h elsewhere, the
 * least solution (Norris 1997, theorem 1.3.2), by a linear solve over the states from which the target can be reached
 * at all. 0 where it cannot.
 *
 * @throws StatisticsError `invalid-input` for an unknown target
 */
export function reachProbability(matrix: TransitionMatrix, target: string): Map<string, number> {
  const { states, probabilities } = matrix;
  const goal = placeOf(matrix, target);
  const able = reaching(probabilities, goal);
  const inner = states.map((_, i) => i).filter((i) => i !== goal && able.has(i));
  const result = new Map(states.map((state, i) => [state, i === goal ? 1 : 0]));
  if (inner.length === 0) return result;
  const system = Matrix.zeros(inner.length, inner.length);
  inner.forEach((i, a) => inner.forEach((j, b) => system.set(a, b, (a === b ? 1 : 0) - probabilities[i]![j]!)));
  const straight = Matrix.columnVector(inner.map((i) => probabilities[i]![goal]!));
  const solution = solve(system, straight);
  inner.forEach((i, a) => result.set(states[i]!, Math.min(1, Math.max(0, solution.get(a, 0)))));
  return result;
}

/**
 * From each state, the probability to have come to `target` within so many steps.
 *
 * @throws StatisticsError `invalid-input` for an unknown target, or steps that are no whole number of 0 or more
 */
export function reachWithin(matrix: TransitionMatrix, target: string, steps: number): Map<string, number> {
  const { states, probabilities } = matrix;
  const goal = placeOf(matrix, target);
  if (!(Number.isInteger(steps) && steps >= 0 && steps <= 1_000_000)) {
    throw new StatisticsError('invalid-input', `steps is ${steps}: give a whole number from 0 to 1000000.`);
  }
  // Who has come to the target stays there.
  const staying = new Matrix(probabilities.map((row, i) => (i === goal ? row.map((_, j) => Number(j === goal)) : [...row]))); // prettier-ignore
  let reached = Matrix.columnVector(states.map((_, i) => Number(i === goal)));
  if (steps <= states.length) for (let step = 0; step < steps; step++) reached = staying.mmul(reached);
  else reached = afterMany(staying, reached, steps);
  return new Map(states.map((state, i) => [state, Math.min(1, reached.get(i, 0))]));
}

/** By squaring, so that the cost grows with the logarithm of the steps. */
function afterMany(step: Matrix, at: Matrix, steps: number): Matrix {
  let [power, result] = [step, at];
  for (let left = steps; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = power.mmul(result);
    if (left > 1) power = power.mmul(power);
  }
  return result;
}

export function placeOf({ states }: TransitionMatrix, state: string): number {
  const place = states.indexOf(state);
  if (place >= 0) return place;
  throw new StatisticsError('invalid-input', `There is no state ${state}: give one of ${states.join(', ')}.`);
}

/** Places from which the goal can be reached in some number of steps. */
function reaching(probabilities: TransitionMatrix['probabilities'], goal: number): Set<number> {
  const able = new Set([goal]);
  for (let grew = true; grew;) {
    grew = false;
    probabilities.forEach((row, i) => {
      if (able.has(i) || !row.some((one, j) => one > 0 && able.has(j))) return;
      able.add(i);
      grew = true;
    });
  }
  return able;
}
