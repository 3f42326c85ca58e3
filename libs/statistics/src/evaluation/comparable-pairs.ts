import { ascendingOrder } from '../survival/ascending-order.js';
import type { ScoredRows } from './scored-rows.js';
import { WeightedRanks } from './weighted-ranks.js';

/** Weights of the pairs in which one row had the event while the other was at risk, and was known to last longer. */
export interface Pairs {
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedRisk: number;
  /** By row: what its pairs add to concordant + tiedRisk / 2, and to all of them, for each unit of its weight. */
  readonly rightOfRow: Float64Array;
  readonly allOfRow: Float64Array;
}

/**
 * Compares all pairs in n log n. Each row meets the later ones when time goes back, and the earlier events when it goes
 * on. Two events at one time do not compare; an event and a censoring at one time do, for the censored row lasted longer.
 *
 * @param pairWeight of the pairs that an event at a time makes; 0 leaves them out
 */
export function comparablePairs(rows: ScoredRows, pairWeight: (time: number) => number): Pairs {
  const order = ascendingOrder(rows.time);
  // Columns in order of time: to jump between rows would be most of the time once they outgrow the processor's cache.
  const { time, event, weight, rank } = inOrder(rows, order);
  const right = new Float64Array(rows.rows);
  const all = new Float64Array(rows.rows);
  const counts = { concordant: 0, discordant: 0, tiedRisk: 0 };
  const factors = new Float64Array(rows.rows);
  const { start, entries } = inOrderOfStart(rows, order);

  const later = new WeightedRanks(rows.ranks);
  for (let k = time.length - 1, s = entries.length - 1; k >= 0;) {
    const now = time[k]!;
    for (; s >= 0 && start[s]! >= now; s--) later.add(rank[entries[s]!]!, -weight[entries[s]!]!);
    const from = k;
    for (; k >= 0 && time[k] === now; k--) if (event[k] === 0) later.add(rank[k]!, weight[k]!);
    let factor = -1;
    for (let j = from; j > k; j--) {
      if (event[j] === 0) continue;
      if (factor < 0) factor = pairWeight(now);
      factors[j] = factor;
      const lower = later.below(rank[j]!);
      const equal = later.at(rank[j]!);
      const higher = later.total - lower - equal;
      counts.concordant += weight[j]! * factor * lower;
      counts.tiedRisk += weight[j]! * factor * equal;
      counts.discordant += weight[j]! * factor * higher;
      right[j]! += factor * (lower + equal / 2);
      all[j]! += factor * later.total;
    }
    for (let j = from; j > k; j--) if (event[j] === 1) later.add(rank[j]!, weight[j]!);
  }

  const earlier = new WeightedRanks(rows.ranks);
  const meet = (j: number, sign: number): void => {
    const equal = earlier.at(rank[j]!);
    const atMost = earlier.below(rank[j]!) + equal;
    right[j]! += sign * (earlier.total - atMost + equal / 2);
    all[j]! += sign * earlier.total;
  };
  for (let k = 0, s = 0; k < time.length;) {
    const now = time[k]!;
    // Rows that started before now, and after the last events, have not met those.
    for (; s < entries.length && start[s]! < now; s++) meet(entries[s]!, -1);
    const from = k;
    for (; k < time.length && time[k] === now; k++) if (event[k] === 1) meet(k, 1);
    for (let j = from; j < k; j++) if (event[j] === 1) earlier.add(rank[j]!, weight[j]! * factors[j]!);
    for (let j = from; j < k; j++) if (event[j] === 0) meet(j, 1);
  }
  return { ...counts, rightOfRow: byRow(right, order), allOfRow: byRow(all, order) };
}

function inOrder({ time, event, weights, rank }: ScoredRows, order: Uint32Array) {
  const size = order.length;
  const sorted = { time: new Float64Array(size), event: new Uint8Array(size), weight: new Float64Array(size).fill(1), rank: new Uint32Array(size) }; // prettier-ignore
  for (let k = 0; k < size; k++) {
    const i = order[k]!;
    sorted.time[k] = time[i]!;
    sorted.event[k] = event[i]!;
    sorted.rank[k] = rank[i]!;
    if (weights !== null) sorted.weight[k] = weights[i]!;
  }
  return sorted;
}

/** Entries by start, ascending, each as its row's place in `order`; none without delayed entry. */
function inOrderOfStart({ start }: ScoredRows, order: Uint32Array): { start: Float64Array; entries: Uint32Array } {
  if (start === null) return { start: new Float64Array(0), entries: new Uint32Array(0) };
  const placeOf = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) placeOf[order[k]!] = k;
  const byStart = ascendingOrder(start);
  return { start: Float64Array.from(byStart, (i) => start[i]!), entries: byStart.map((i) => placeOf[i]!) };
}

function byRow(sorted: Float64Array, order: Uint32Array): Float64Array {
  const rows = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) rows[order[k]!] = sorted[k]!;
  return rows;
}
