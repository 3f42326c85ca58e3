import { StatisticsError } from '../statistics-error.js';
import { lengthOf, weightColumn } from '../survival/checked-column.js';

/**
 * Kish's (1965) effective sample size (Σ w)² / Σ w²: how many rows of equal weight know as much. `counts` rows each.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` if all weights are 0
 */
export function effectiveSampleSize(weights: ArrayLike<number>, counts?: ArrayLike<number>): number {
  const rows = lengthOf('weights', weights);
  const weight = weightColumn(weights, rows);
  const count = counts ? weightColumn(counts, rows, 'counts') : null;
  // Scaled by the largest, so that no square overflows.
  const largest = weight.reduce((most, one) => Math.max(most, one), 0);
  let [sum, squares] = [0, 0];
  weight.forEach((one, i) => {
    const times = count === null ? 1 : count[i]!;
    sum += (times * one) / largest;
    squares += times * (one / largest) ** 2;
  });
  if (squares > 0) return (sum * sum) / squares;
  throw new StatisticsError(
    'not-enough-data',
    'Every row with a weight above 0 has counts of 0: nothing is left to count.',
  );
}
