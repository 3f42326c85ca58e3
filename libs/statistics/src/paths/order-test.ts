import { StatisticsError } from '../statistics-error.js';
import { independenceTest, type LikelihoodRatioTest } from './likelihood-ratio.js';
import { END, namedPaths, START, type Path, type TransitionOptions } from './transition-counts.js';

export interface OrderTest {
  /** Against: the next step does not depend on the present state at all. */
  readonly zeroAgainstOne: LikelihoodRatioTest;
  /** Against: it depends on the present state alone. Small p: what came before the present state matters too. */
  readonly oneAgainstTwo: LikelihoodRatioTest;
}

/**
 * Likelihood-ratio tests of a chain's order (Anderson & Goodman 1957; Billingsley 1961): for order 1 against 2, in each
 * present state, whether the next state is independent of the one before. Degrees of freedom count only cells that
 * could occur.
 *
 * Assumes independent paths, and expected counts of some 5 in most cells; with fewer, p is rough.
 *
 * @throws StatisticsError `not-enough-data` without a transition; `invalid-input`
 */
export function orderTest(paths: readonly Path[], options: TransitionOptions = {}): OrderTest {
  const named = namedPaths(paths, options.states).filter(({ count }) => count > 0);
  if (!named.some(({ states }) => states.length > 0)) {
    throw new StatisticsError('not-enough-data', 'paths hold no state: give at least one path with one.');
  }
  const pairs = new Table();
  const byPresent = new Map<string, Table>();
  for (const { states, count } of named) {
    const whole = [START, ...states, END];
    for (let i = 1; i < whole.length; i++) {
      const [present, next] = [whole[i - 1]!, whole[i]!];
      pairs.add(present, next, count);
      if (i === 1) continue;
      let table = byPresent.get(present);
      if (!table) byPresent.set(present, (table = new Table()));
      table.add(whole[i - 2]!, next, count);
    }
  }
  return {
    zeroAgainstOne: independenceTest([pairs.rows()]),
    oneAgainstTwo: independenceTest([...byPresent.values()].map((table) => table.rows())),
  };
}

/** Counts by two names, of which each is met sooner or later. */
class Table {
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly columns = new Set<string>();

  add(row: string, column: string, count: number): void {
    let own = this.counts.get(row);
    if (!own) this.counts.set(row, (own = new Map()));
    own.set(column, (own.get(column) ?? 0) + count);
    this.columns.add(column);
  }

  rows(): number[][] {
    return Array.from(this.counts.values(), (own) => Array.from(this.columns, (column) => own.get(column) ?? 0));
  }
}
