/** Children of a node: eight numbers are one line of the processor's cache. */
const BITS = 3;
const SIBLINGS = (1 << BITS) - 1;

/**
 * Sums of weights by rank, each read and written in log n. Ranks run from 0. Level by level, each beside the next, so that
 * the upper ones stay in the cache; in a Fenwick tree they lie powers of two apart, and push each other out of it.
 */
export class WeightedRanks {
  private readonly levels: Float64Array[] = [];
  total = 0;

  constructor(ranks: number) {
    for (let size = ranks; ; size = (size >>> BITS) + 1) {
      this.levels.push(new Float64Array(size));
      if (size <= SIBLINGS + 1) return;
    }
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    for (let level = 0, node = rank; level < this.levels.length; level++, node >>>= BITS) {
      this.levels[level]![node]! += weight;
    }
  }

  /** Weight of the rank itself. */
  at(rank: number): number {
    return this.levels[0]![rank]!;
  }

  /** Sum of the weights of smaller ranks. */
  below(rank: number): number {
    let sum = 0;
    for (let level = 0, node = rank; level < this.levels.length; level++, node >>>= BITS) {
      const sums = this.levels[level]!;
      for (let sibling = node & ~SIBLINGS; sibling < node; sibling++) sum += sums[sibling]!;
    }
    return sum;
  }
}
