/**
 * A seeded source of chance (sfc32): the same seed gives the same company on every machine. Each account has a stream
 * of its own, so a larger company holds the smaller one unchanged.
 */
export class Chance {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: number) {
    this.a = seed | 0;
    this.b = stream | 0;
    this.c = Math.imul(seed ^ 0x9e3779b9, stream + 1) | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return (sum >>> 0) / 4294967296;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** Uniform over the whole numbers from `from` to `to`, both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Box–Muller; the second number of the pair is left, so that a draw is always two steps of the stream. */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Knuth's product of uniforms: for small means only. */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** One of the entries, each as often as its `share`; the shares add up to 1. */
  choice<T extends { readonly share: number }>(entries: readonly T[]): T {
    let left = this.next();
    for (const entry of entries) if ((left -= entry.share) < 0) return entry;
    return entries.at(-1)!;
  }
}
