/**
 * Counts between which a share of `probability` lies in `trials` trials, but for less than `doubt` at either end: exact
 * binomial sums, so that a check on few seeds asks no more than they can bear.
 */
export function binomialRange(
  trials: number,
  probability: number,
  doubt: number,
): readonly [least: number, most: number] {
  const below = (p: number): number => {
    let [term, sum, count] = [(1 - p) ** trials, 0, 0];
    while (count < trials && sum + term < doubt) {
      sum += term;
      term *= ((trials - count) / (count + 1)) * (p / (1 - p));
      count++;
    }
    return count;
  };
  return [below(probability), trials - below(1 - probability)];
}
