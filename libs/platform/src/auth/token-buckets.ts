/** Beyond so many askers the one that has been still for longest is forgotten. */
const MOST_ASKERS = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** So many requests a minute for each asker, with as many at once; of this process alone. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly perMinute: number) {}

  /** @param now milliseconds. @returns 0 when the request may go on, otherwise milliseconds to wait */
  take(asker: string, now: number): number {
    const rate = this.perMinute / 60_000;
    const last = this.buckets.get(asker) ?? { tokens: this.perMinute, at: now };
    const tokens = Math.min(this.perMinute, last.tokens + Math.max(0, now - last.at) * rate);
    // Set anew, so that the map is in the order of use.
    this.buckets.delete(asker);
    this.buckets.set(asker, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    if (this.buckets.size > MOST_ASKERS) this.buckets.delete(this.buckets.keys().next().value!);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / rate);
  }
}
