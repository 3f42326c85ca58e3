import type { OutRecord } from '@milepost/stream';
import type { InputOffset, ProducerOptions } from './transactional-producer.js';
import { TransactionalProducer } from './transactional-producer.js';

interface Publication {
  records: readonly OutRecord[];
  offsets: readonly InputOffset[];
  done: () => void;
  failed: (error: Error) => void;
}

/** How long the first of what waits has company to wait for: partitions of one fetch are ready one after the other. */
const GATHER_MS = 5;

/**
 * One producer for all partitions of a process. It does one transaction at a time, and what comes while one is under way
 * makes the next: a transaction costs a broker the same, however many partitions share it. After an error nobody knows
 * what became of the last one, so nothing is published any more; whoever is served by it takes its partition again.
 */
export class SharedProducer {
  private readonly producer: TransactionalProducer;
  private waiting: Publication[] = [];
  /** Wall clock, milliseconds: since when the first of them waits. */
  private since = 0;
  private working = false;
  private failure: Error | null = null;

  constructor(
    id: string,
    private readonly options: ProducerOptions,
  ) {
    this.producer = new TransactionalProducer(id, options);
  }

  get id(): string {
    return this.producer.id;
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  begin(): Promise<void> {
    return this.producer.begin();
  }

  /** All records and offsets in one transaction, beside what others publish in it. */
  publish(records: readonly OutRecord[], offsets: readonly InputOffset[]): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise<void>((done, failed) => {
      if (this.waiting.length === 0) this.since = this.options.timers.now();
      this.waiting.push({ records, offsets, done, failed });
      if (!this.working) void this.work();
    });
  }

  close(): Promise<void> {
    return this.producer.close();
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.waiting.length > 0) {
      await this.gather();
      const taken = this.waiting;
      this.waiting = [];
      try {
        await this.producer.publish(
          taken.flatMap(({ records }) => records),
          taken.flatMap(({ offsets }) => offsets),
        );
      } catch (error) {
        this.fail(error as Error, taken);
        return;
      }
      for (const { done } of taken) done();
    }
    this.working = false;
  }

  private async gather(): Promise<void> {
    const { timers } = this.options;
    const left = Math.min(GATHER_MS, this.since + GATHER_MS - timers.now());
    if (left > 0) await new Promise<void>((done) => timers.after(left, done));
  }

  private fail(error: Error, taken: readonly Publication[]): void {
    this.failure = error;
    for (const { failed } of [...taken, ...this.waiting]) failed(error);
    this.waiting = [];
    this.close().catch(() => undefined);
  }
}
