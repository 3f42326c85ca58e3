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
  const { time, event, start, weights, rank, ranks } = rows;
  const order = ascendingOrder(time);
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  const rightOfRow = new Float64Array(rows.rows);
  const allOfRow = new Float64Array(rows.rows);
  const counts = { concordant: 0, discordant: 0, tiedRisk: 0 };
  const factorOfRow = new Float64Array(rows.rows);
  const byStart = start === null ? null : ascendingOrder(start);

  const later = new WeightedRanks(ranks);
  for (let k = order.length - 1, s = order.length - 1; k >= 0;) {
    const now = time[order[k]!]!;
    for (; byStart !== null && s >= 0 && start![byStart[s]!]! >= now; s--) {
      later.add(rank[byStart[s]!]!, -weightOf(byStart[s]!));
    }
    const from = k;
    for (; k >= 0 && time[order[k]!] === now; k--) {
      if (event[order[k]!] === 0) later.add(rank[order[k]!]!, weightOf(order[k]!));
    }
    let factor = -1;
    for (let j = from; j > k; j--) {
      const i = order[j]!;
      if (event[i] === 0) continue;
      if (factor < 0) factor = pairWeight(now);
      factorOfRow[i] = factor;
      const lower = later.below(rank[i]!);
      const equal = later.at(rank[i]!);
      const higher = later.total - lower - equal;
      counts.concordant += weightOf(i) * factor * lower;
      counts.tiedRisk += weightOf(i) * factor * equal;
      counts.discordant += weightOf(i) * factor * higher;
      rightOfRow[i]! += factor * (lower + equal / 2);
      allOfRow[i]! += factor * later.total;
    }
    for (let j = from; j > k; j--) if (event[order[j]!] === 1) later.add(rank[order[j]!]!, weightOf(order[j]!));
  }

  const earlier = new WeightedRanks(ranks);
  const meet = (i: number, sign: number): void => {
    const equal = earlier.at(rank[i]!);
    const atMost = earlier.below(rank[i]!) + equal;
    rightOfRow[i]! += sign * (earlier.total - atMost + equal / 2);
    allOfRow[i]! += sign * earlier.total;
  };
  for (let k = 0, s = 0; k < order.length;) {
    const now = time[order[k]!]!;
    // Rows that started before now, and after the last events, have not met those.
    for (; byStart !== null && s < order.length && start![byStart[s]!]! < now; s++) meet(byStart[s]!, -1);
    const from = k;
    for (; k < order.length && time[order[k]!] === now; k++) if (event[order[k]!] === 1) meet(order[k]!, 1);
    for (let j = from; j < k; j++) {
      const i = order[j]!;
      if (event[i] === 1) earlier.add(rank[i]!, weightOf(i) * factorOfRow[i]!);
    }
    for (let j = from; j < k; j++) if (event[order[j]!] === 0) meet(order[j]!, 1);
  }
  return { ...counts, rightOfRow, allOfRow };
}
