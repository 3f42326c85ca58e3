import { inverse, Matrix } from 'ml-matrix';
import type { TouchPath } from './touch-paths.js';

/**
 * An absorbing Markov chain of order 1 over channels. Which path goes through which is worked out once, so that it can be
 * asked again and again with other numbers of accounts, as a bootstrap does.
 */
export class TouchChain {
  readonly channels: readonly string[];
  /** Of each path, places in `channels`. */
  private readonly places: readonly Int32Array[];

  constructor(paths: readonly TouchPath[]) {
    this.channels = [...new Set(paths.flatMap(({ channels }) => channels))];
    const place = new Map(this.channels.map((channel, i) => [channel, i]));
    this.places = paths.map(({ channels }) => Int32Array.from(channels, (channel) => place.get(channel)!));
  }

  /**
   * For each channel, by what share conversions fall when it leads nowhere. What is lost are the accounts that come to it
   * and convert in the end: the chance to come to it at all times the chance to convert from there, both from the
   * fundamental matrix of the chain (Kemeny & Snell 1960, §3.5), so one inverse does for all channels.
   */
  removals(conversions: ArrayLike<number>, losses: ArrayLike<number>): number[] {
    const size = this.channels.length;
    const flow = this.flowOf(conversions, losses);
    const effects = new Array<number>(size).fill(0);
    // Nothing leaves the others for good, not for a conversion either: the matrix would have no inverse, their effect is 0.
    const kept = this.channels.map((_, i) => i).filter((i) => flow[i]!.some((one) => one > 0));
    if (kept.length === 0) return effects;
    const start = flow[size]!;
    const system = Matrix.zeros(kept.length, kept.length);
    kept.forEach((i, a) => kept.forEach((j, b) => system.set(a, b, (a === b ? 1 : 0) - flow[i]![j]!)));
    const visits = inverse(system);
    const converting = visits.mmul(Matrix.columnVector(kept.map((i) => flow[i]![size]!))).to1DArray();
    const visited = Matrix.rowVector(kept.map((i) => start[i]!)).mmul(visits).to1DArray(); // prettier-ignore
    const whole = kept.reduce((sum, i, a) => sum + start[i]! * converting[a]!, start[size]!);
    kept.forEach((i, a) => {
      const coming = visited[a]! / visits.get(a, a);
      effects[i] = Math.max(0, (coming * converting[a]!) / whole);
    });
    return effects;
  }

  /** [from][to]; from: channels, then the start; to: channels, then the conversion. What is missing to 1 is lost. */
  private flowOf(conversions: ArrayLike<number>, losses: ArrayLike<number>): Float64Array[] {
    const size = this.channels.length;
    const flow = Array.from({ length: size + 1 }, () => new Float64Array(size + 1));
    const left = new Float64Array(size + 1);
    this.places.forEach((places, k) => {
      const count = conversions[k]! + losses[k]!;
      if (count === 0) return;
      let from = size;
      for (const to of places) {
        flow[from]![to]! += count;
        left[from]! += count;
        from = to;
      }
      flow[from]![size]! += conversions[k]!;
      left[from]! += count;
    });
    flow.forEach((row, i) => {
      if (left[i]! > 0) for (let j = 0; j <= size; j++) row[j]! /= left[i]!;
    });
    return flow;
  }
}
