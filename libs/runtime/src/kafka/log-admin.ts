import { InfrastructureError } from '@milepost/stream';
import type { CommittedOffset, LogReader } from '@milepost/stream';
import type { Admin, Kafka } from 'kafkajs';

const CACHE_MS = 200;
const ATTEMPTS = 10;
const PAUSE_MS = 200;

/** Asking changes nothing, so it may be asked again: a coordinator that is moving or loading says so for a moment. */
async function retried<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error as { retriable?: boolean }).retriable) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}

/** Committed offsets and log ends through one admin connection. */
export class LogAdmin implements LogReader {
  private readonly admin: Admin;
  private readonly ends = new Map<string, { at: number; offsets: ReturnType<Admin['fetchTopicOffsets']> }>();

  constructor(
    kafka: Kafka,
    private readonly groupId: string,
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
    const ask = () => this.admin.fetchOffsets({ groupId: this.groupId, topics: [topic] });
    const [found] = await this.guard(retried(ask));
    const own = found?.partitions.find((one) => one.partition === partition);
    if (!own || own.offset === '-1') return null;
    return { offset: Number(own.offset), metadata: own.metadata ?? '' };
  }

  /** One request serves the partitions that ask within a moment: they all ask at once. */
  async bounds(topic: string, partition: number): Promise<{ low: number; high: number }> {
    const known = this.ends.get(topic);
    const fresh =
      known && Date.now() - known.at < CACHE_MS ? known.offsets : retried(() => this.admin.fetchTopicOffsets(topic));
    if (fresh !== known?.offsets) this.ends.set(topic, { at: Date.now(), offsets: fresh });
    const own = (await this.guard(fresh)).find((one) => one.partition === partition);
    if (!own) throw new InfrastructureError('log-unavailable', `Topic ${topic} has no partition ${partition}.`);
    return { low: Number(own.low), high: Number(own.high) };
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new InfrastructureError('log-unavailable', (cause as Error).message, { cause });
    }
  }
}
