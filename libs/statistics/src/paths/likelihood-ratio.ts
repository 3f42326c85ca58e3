import { chiSquareUpperTail } from '../distributions.js';

export interface LikelihoodRatioTest {
  /** G² = 2 Σ observed · log(observed / expected). */
  readonly statistic: number;
  /** Of the cells that could occur: where a state was never seen to come or to follow, there is nothing to test. */
  readonly degreesOfFreedom: number;
  /** 1 without degrees of freedom: nothing speaks against the simpler model. */
  readonly p: number;
}

/** Sums of independence tables: Σ over tables of 2 Σ n log(n · n.. / (n_i. n_.j)), df (rows - 1)(columns - 1) each. */
export function independenceTest(tables: Iterable<readonly (readonly number[])[]>): LikelihoodRatioTest {
  let [statistic, degreesOfFreedom] = [0, 0];
  for (const table of tables) {
    const rows = table.map((row) => row.reduce((sum, one) => sum + one, 0));
    const columns = (table[0] ?? []).map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
    const total = rows.reduce((sum, one) => sum + one, 0);
    const filled = (sums: readonly number[]): number => sums.filter((one) => one > 0).length;
    degreesOfFreedom += Math.max(0, filled(rows) - 1) * Math.max(0, filled(columns) - 1);
    table.forEach((row, i) =>
      row.forEach((one, j) => {
        if (one > 0) statistic += 2 * one * Math.log((one / rows[i]!) * (total / columns[j]!));
      }),
    );
  }
  // Rounding may leave a little less than nothing.
  statistic = Math.max(0, statistic);
  return {
    statistic,
    degreesOfFreedom,
    p: degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom),
  };
}
