import { LU, Matrix } from 'ml-matrix';
import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';

/** Beyond it the linear system has too few digits left. */
export const LONGEST_RUN = 1e10;

/**
 * Run lengths L from each state of a chain of which only stays are given: L = 1 + stay × L.
 *
 * @param stay from row's state to column's, the probability to be there next without an alarm
 * @returns Infinity for a first state with a run beyond 1e10
 */
export function runLengths(stay: Matrix): Float64Array {
  const states = stay.rows;
  const solved = new LU(Matrix.sub(Matrix.eye(states), stay)).solve(Matrix.ones(states, 1)).to1DArray();
  return Float64Array.from(solved, (one) => (one >= 1 - 1e-9 && one <= LONGEST_RUN ? one : Infinity));
}

/** One side rings, then the other: alarms of both come at the sum of their rates. */
export const togetherLength = (one: number, other: number): number => 1 / (1 / one + 1 / other);

export function checkRunLength(runLength: number): number {
  if (runLength >= 1 && runLength < Infinity) return runLength;
  throw new StatisticsError('no-convergence', `The run length is beyond ${LONGEST_RUN}: lower the limit.`);
}

/**
 * The limit at which a chart has this run length.
 *
 * @param lengthAt rising with the limit
 * @throws StatisticsError `invalid-input` where no limit up to `highest` has it
 */
export function limitFor(runLength: number, lengthAt: (limit: number) => number, highest: number): number {
  if (!(runLength > 1 && runLength <= LONGEST_RUN / 10)) {
    throw new StatisticsError('invalid-input', `runLength is ${runLength}: give a number of looks above 1, up to ${LONGEST_RUN / 10}.`); // prettier-ignore
  }
  const excess = (limit: number): number => Math.log(Math.min(lengthAt(limit), LONGEST_RUN)) - Math.log(runLength);
  let high = 1;
  while (high < highest && excess(high) < 0) high = Math.min(highest, 2 * high);
  const least = excess(0);
  if (least > 0 || excess(high) < 0) {
    throw new StatisticsError('invalid-input', `runLength is ${runLength}: limits from 0 to ${highest} give ${lengthAt(0).toPrecision(4)} to ${lengthAt(high).toPrecision(4)}.`); // prettier-ignore
  }
  return bracketedRoot(excess, 0, high, 1e-10);
}
