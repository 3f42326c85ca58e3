import { InfrastructureError } from '@milepost/stream';
import type { CommittedOffset, LogReader } from '@milepost/stream';
import type { Admin, Kafka } from 'kafkajs';
import type { Timers } from '../timers.js';
import { inTime } from './in-time.js';
import { unmarked } from './publisher-mark.js';
import type { MarkedOffset } from './publisher-mark.js';

const ATTEMPTS = 10;
const PAUSE_MS = 200;

/** Committed offsets and log ends through one admin connection. */
export class LogAdmin implements LogReader {
  private readonly admin: Admin;
  private readonly ends = new Map<string, ReturnType<Admin['fetchTopicOffsets']>>();

  constructor(
    kafka: Pick<Kafka, 'admin'>,
    private readonly groupId: string,
    private readonly timers: Timers,
  ) {
    this.admin = kafka.admin();
  }

  connect(): Promise<void> {
    return this.admin.connect();
  }

  close(): Promise<void> {
    return this.admin.disconnect();
  }

  async committed(topic: string, partition: number): Promise<CommittedOffset | null> {
    const found = await this.marked(topic, partition);
    return found && { offset: found.offset, metadata: found.metadata };
  }

  /** C, and who publishes. */
  async marked(topic: string, partition: number): Promise<MarkedOffset | null> {
    const ask = () => this.admin.fetchOffsets({ groupId: this.groupId, topics: [topic] });
    const [found] = await this.guard(this.retried(ask));
    const own = found?.partitions.find((one) => one.partition === partition);
    if (!own || own.offset === '-1') return null;
    return unmarked(Number(own.offset), own.metadata ?? '');
  }

  /**
   * One request serves the partitions that ask in one breath, as they do at a tick. Never an older one: who has read
   * the clock or a committed offset before must not be told of a log that ended before.
   */
  async bounds(topic: string, partition: number): Promise<{ low: number; high: number }> {
    let asked = this.ends.get(topic);
    if (!asked) {
      asked = this.retried(() => this.admin.fetchTopicOffsets(topic));
      this.ends.set(topic, asked);
      queueMicrotask(() => this.ends.delete(topic));
    }
    const own = (await this.guard(asked)).find((one) => one.partition === partition);
    if (!own) throw new InfrastructureError('log-unavailable', `Topic ${topic} has no partition ${partition}.`);
    return { low: Number(own.low), high: Number(own.high) };
  }

  /** Asking changes nothing, so it may be asked again: a coordinator that is moving or loading says so for a moment. */
  private async retried<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (attempt === ATTEMPTS || !(error as { retriable?: boolean }).retriable) throw error;
        await new Promise<void>((done) => this.timers.after(PAUSE_MS, done));
      }
    }
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await inTime(this.timers, work);
    } catch (cause) {
      throw new InfrastructureError('log-unavailable', (cause as Error).message, { cause });
    }
  }
}
