import { StatisticsError } from '../statistics-error.js';
import { checkNames, isCountable, lengthOf } from '../survival/checked-column.js';

/** State from which every path of a table of transitions begins. */
export const START = '(start)';
/** State in which every path ends. */
export const END = '(end)';
/** State that stands for all that are not among the states asked for. */
export const OTHER = '(other)';

/** What one account did, in order; or what `count` accounts did alike. */
export interface Path {
  readonly states: readonly string[];
  /** Absent: 1. */
  readonly count?: number;
}

/** How often each state was followed by each. */
export interface TransitionCounts {
  readonly states: readonly string[];
  /** [from][to], in the order of `states`. */
  readonly counts: readonly (readonly number[])[];
}

export interface TransitionOptions {
  /** Only these keep their names; what else occurs is `(other)`. Absent: all that occur, in order of name. */
  readonly states?: readonly string[];
}

/**
 * Transitions of paths, each from `(start)` over its states to `(end)`. A state that follows itself is counted too:
 * leave repeats out beforehand where they say nothing. The counts that a database sums give the same table.
 *
 * @throws StatisticsError `not-enough-data` without a path; `invalid-input`
 */
export function transitionCounts(paths: readonly Path[], options: TransitionOptions = {}): TransitionCounts {
  if (paths.length === 0) throw new StatisticsError('not-enough-data', 'paths is empty: give at least one.');
  const named = namedPaths(paths, options.states);
  const occurring = new Set(named.flatMap(({ states }) => states));
  const inner = options.states
    ? [...options.states, ...(occurring.has(OTHER) ? [OTHER] : [])]
    : [...occurring].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const states = [START, ...inner, END];
  const place = new Map(states.map((state, i) => [state, i]));
  const counts = states.map(() => new Array<number>(states.length).fill(0));
  for (const { states: own, count } of named) {
    let from = 0;
    for (const state of own) {
      const to = place.get(state)!;
      counts[from]![to]! += count;
      from = to;
    }
    counts[from]![states.length - 1]! += count;
  }
  return { states, counts };
}

/** Paths in which whatever is not in `kept` is `(other)`. */
export function namedPaths(paths: readonly Path[], kept: readonly string[] | undefined): Required<Path>[] {
  if (kept) checkNames('states', kept);
  paths.forEach(({ states }, i) => checkNames(`paths[${i}].states`, states));
  for (const reserved of [START, END]) {
    const at = paths.findIndex(({ states }) => states.includes(reserved));
    if (at >= 0) throw new StatisticsError('invalid-input', `paths[${at}] holds ${reserved}: leave it out, every path begins and ends of itself.`); // prettier-ignore
  }
  const names = kept && new Set(kept);
  return paths.map(({ states, count = 1 }, i) => {
    if (!isCountable(count)) {
      throw new StatisticsError('invalid-input', `paths[${i}].count is ${count}: give a finite number of 0 or more.`);
    }
    return { states: names ? states.map((state) => (names.has(state) ? state : OTHER)) : states, count };
  });
}

/** @throws StatisticsError unless the table is square and holds finite counts of 0 or more */
export function checkTransitions({ states, counts }: TransitionCounts): void {
  checkNames('states', states);
  if (states.length === 0) throw new StatisticsError('not-enough-data', 'states is empty: give at least one.');
  if (new Set(states).size < states.length) throw new StatisticsError('invalid-input', 'states holds a name twice: give each once.'); // prettier-ignore
  if (
    lengthOf('counts', counts) !== states.length ||
    counts.some((row, i) => lengthOf(`counts[${i}]`, row) !== states.length)
  ) {
    // prettier-ignore
    throw new StatisticsError('invalid-input', `counts must be ${states.length} × ${states.length}, a row and a column for each state.`); // prettier-ignore
  }
  counts.forEach((row, i) =>
    row.forEach((one, j) => {
      if (isCountable(one)) return;
      throw new StatisticsError('invalid-input', `counts[${states[i]}][${states[j]}] is ${one}: give a finite number of 0 or more.`); // prettier-ignore
    }),
  );
}
