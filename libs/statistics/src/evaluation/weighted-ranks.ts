/** Sums of weights by rank, each read and written in log n (Fenwick 1994). Ranks run from 0. */
export class WeightedRanks {
  private readonly tree: Float64Array;
  private readonly own: Float64Array;
  total = 0;

  constructor(ranks: number) {
    this.tree = new Float64Array(ranks + 1);
    this.own = new Float64Array(ranks);
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    this.own[rank]! += weight;
    for (let i = rank + 1; i < this.tree.length; i += i & -i) this.tree[i]! += weight;
  }

  /** Weight of the rank itself. */
  at(rank: number): number {
    return this.own[rank]!;
  }

  /** Sum of the weights of smaller ranks. */
  below(rank: number): number {
    let sum = 0;
    for (let i = rank; i > 0; i -= i & -i) sum += this.tree[i]!;
    return sum;
  }
}
