import { InfrastructureError } from '@milepost/stream';
import type { FrozenRange, LogReader, LogRecord, Metrics, PartitionPublisher, RangeWriter } from '@milepost/stream';
import type { PartitionOwner } from './partition-owner.js';

export interface RangeOwnerOptions {
  /** Full name of the topic. */
  topic: string;
  partition: number;
  writer: RangeWriter;
  publisher: PartitionPublisher;
  log: LogReader;
  metrics: Metrics;
  now: () => number;
}

type Pending = Pick<FrozenRange, 'from' | 'to' | 'schemaVersion'>;

/**
 * Exactly once into a store that deduplicates by token. A range is frozen in the committed offset's metadata before it
 * is written; whoever finds it pending writes exactly it again, and the store recognises it.
 */
export class RangeOwner implements PartitionOwner {
  private next = 0;
  private pending: Pending | null = null;
  private held: LogRecord[] = [];
  private readTo = 0;

  constructor(private readonly options: RangeOwnerOptions) {}

  async take(): Promise<number> {
    const { publisher, log, topic, partition, writer } = this.options;
    await publisher.fence();
    const committed = await log.committed(topic, partition);
    const { low, high } = await log.bounds(topic, partition);
    const where = `${topic}/${partition}:`;
    if (committed && committed.offset < low) {
      throw new InfrastructureError(
        'log-truncated',
        `${where} written up to ${committed.offset}, the log starts at ${low}.`,
      );
    }
    if (committed && committed.offset > high) {
      throw new InfrastructureError(
        'log-behind',
        `${where} written up to ${committed.offset}, the log ends at ${high}.`,
      );
    }
    this.next = committed?.offset ?? low;
    this.pending = committed && committed.metadata !== '' ? (JSON.parse(committed.metadata) as Pending) : null;
    if (this.pending && this.pending.schemaVersion !== writer.schemaVersion) {
      throw new InfrastructureError(
        'schema-unknown',
        `${where} [${this.pending.from}, ${this.pending.to}) is pending as ${this.pending.schemaVersion}.`,
      );
    }
    return this.next;
  }

  async apply(records: readonly LogRecord[], to: number): Promise<number> {
    if (this.pending) return this.repeat(this.pending, records, to);
    const from = this.next;
    if (to <= from) return from;
    const range = { from, to, schemaVersion: this.options.writer.schemaVersion };
    const wanted = records.filter(({ offset }) => offset >= from && offset < to);
    if (wanted.length > 0) await this.commit(from, range);
    await this.write(range, wanted);
    return this.next;
  }

  /** Gathers exactly the pending range, however the log hands it out this time. */
  private async repeat(pending: Pending, records: readonly LogRecord[], to: number): Promise<number> {
    const from = this.held.at(-1)?.offset ?? pending.from - 1;
    this.held.push(...records.filter(({ offset }) => offset > from && offset < pending.to));
    if (to < pending.to) return to;
    await this.finish(pending);
    return this.next;
  }

  private async finish(pending: Pending): Promise<void> {
    await this.write(pending, this.held);
    this.pending = null;
    this.held = [];
  }

  private async write(range: Pending, records: readonly LogRecord[]): Promise<void> {
    const { writer, topic, partition, metrics, now } = this.options;
    if (records.length > 0) {
      const started = now();
      await writer.write({ topic, partition, ...range }, records);
      metrics.observe('commit_seconds', { topology: 'warehouse', part: 'clickhouse' }, (now() - started) / 1e6);
    }
    await this.commit(range.to, null);
    this.next = range.to;
    metrics.count('batches_total', { topology: 'warehouse' });
    metrics.count('records_total', { topology: 'warehouse' }, records.length);
  }

  private commit(offset: number, range: Pending | null): Promise<void> {
    const metadata = range === null ? '' : JSON.stringify(range);
    return this.options.publisher.publish([], { offset, metadata });
  }

  async tick(): Promise<void> {
    const { log, topic, partition, metrics } = this.options;
    const { high } = await log.bounds(topic, partition);
    const labels = { topology: 'warehouse', partition: `${topic}/${partition}` };
    metrics.gauge('consumer_lag_messages', labels, Math.max(0, high - Math.max(this.next, this.readTo)));
    // The end of a pending range may hold control records only, which no batch ever shows.
    if (this.pending && this.readTo >= this.pending.to) await this.finish(this.pending);
  }

  skipTo(offset: number): void {
    this.readTo = Math.max(this.readTo, offset);
  }

  close(): Promise<void> {
    return this.options.publisher.close();
  }
}
