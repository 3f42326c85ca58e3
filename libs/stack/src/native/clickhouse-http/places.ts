import { Fault } from './fault.js';

/** A bounded number of requests at work, a bounded number waiting their turn. */
export class Places {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atWork: number,
    private readonly maxWaiting: number,
  ) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken < this.atWork) this.taken++;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.taken--;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) {
      throw new Fault(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', `Too many queries wait (${this.maxWaiting}); try again.`);
    }
    return new Promise((start) => this.waiting.push(start));
  }
}
