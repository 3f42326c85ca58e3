import { StatisticsError } from '../statistics-error.js';
import { ascendingOrder } from '../survival/ascending-order.js';

/** Rows with weight, in at most `bins` groups of about equal weight by ascending value; equal values stay together. */
export function riskBins(values: ArrayLike<number>, weight: Float64Array, bins: number): number[][] {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new StatisticsError('invalid-input', `bins is ${bins}: give a whole number of 1 or more.`);
  }
  const total = weight.reduce((sum, one) => sum + one, 0);
  const groups: number[][] = [];
  let [before, last, current] = [0, NaN, -1];
  for (const i of ascendingOrder(Float64Array.from(values))) {
    if (weight[i] === 0) continue;
    const bin = Math.min(bins - 1, Math.floor((before / total) * bins * (1 + 1e-12)));
    if (values[i] !== last && bin !== current) {
      groups.push([]);
      current = bin;
    }
    groups.at(-1)!.push(i);
    before += weight[i]!;
    last = values[i]!;
  }
  return groups;
}
