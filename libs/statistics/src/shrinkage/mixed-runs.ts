import { risingSums } from './rising-sums.js';

/** Weighted runs of x + iφ, i = start … start + length - 1. */
export interface Runs {
  readonly weight: number[];
  readonly start: number[];
  readonly length: number[];
}

/**
 * What a likelihood of trials with beta-distributed chances needs to know:
 * Σ hits log(μ + iφ) + Σ misses log(1 - μ + iφ) - Σ trials log(1 + iφ), μ = α/(α + β), φ = 1/(α + β).
 */
export interface MixedRuns {
  readonly hits: Runs;
  readonly misses: Runs;
  readonly trials: Runs;
}

/** A run of length 0 adds nothing and is left out; equal ones are added up. */
export class RunCollector implements Runs {
  readonly weight: number[] = [];
  readonly start: number[] = [];
  readonly length: number[] = [];
  private readonly places = new Map<string, number>();

  add(weight: number, start: number, length: number): void {
    if (weight === 0 || length === 0) return;
    const key = `${start} ${length}`;
    const place = this.places.get(key) ?? this.weight.length;
    this.places.set(key, place);
    this.weight[place] = (this.weight[place] ?? 0) + weight;
    this.start[place] = start;
    this.length[place] = length;
  }
}

/** Σ weight × sums of each run, and Σ weight × length as `terms`. */
export function runSums({ weight, start, length }: Runs, x: number, phi: number) {
  const sums = { log: 0, inverse: 0, inverseSquare: 0, terms: 0 };
  for (let r = 0; r < weight.length; r++) {
    const own = risingSums(x, phi, start[r]!, length[r]!);
    sums.log += weight[r]! * own.log;
    sums.inverse += weight[r]! * own.inverse;
    sums.inverseSquare += weight[r]! * own.inverseSquare;
    sums.terms += weight[r]! * length[r]!;
  }
  return sums;
}
