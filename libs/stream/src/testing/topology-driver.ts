import type { Micros } from '@milepost/contracts';
import { partitionOf, PARTITIONS } from '@milepost/contracts';
import type { LogRecord, OutRecord } from '../log-record.js';
import { PartitionFold } from '../partition-fold.js';
import type { Topology } from '../topology.js';

export interface DriverInput {
  key: string;
  value: Buffer | null;
  /** Receive time of the record. */
  timestamp: Micros;
  partition?: number;
  headers?: LogRecord['headers'];
}

/**
 * Runs a topology without a broker: real codecs, real partitioning, states kept as bytes between batches, a clock that
 * the test moves. What comes out is kept in order.
 */
export class TopologyDriver<S, I> {
  readonly outputs: OutRecord[] = [];
  private readonly states = new Map<string, Buffer>();
  private readonly folds = new Map<number, PartitionFold<S, I>>();
  private readonly offsets = new Map<number, number>();

  constructor(private readonly topology: Topology<S, I>) {}

  /** One batch for every partition that gets records. `publishedAt` stands for the wall clock. */
  send(inputs: readonly DriverInput[], publishedAt: Micros = 0): void {
    const byPartition = new Map<number, LogRecord[]>();
    for (const { key, value, timestamp, partition, headers } of inputs) {
      const place = partition ?? partitionOf(Buffer.from(key), PARTITIONS);
      const offset = this.offsets.get(place) ?? 0;
      this.offsets.set(place, offset + 1);
      const record: LogRecord = {
        topic: this.topology.source,
        partition: place,
        offset,
        timestamp,
        key: Buffer.from(key),
        value,
        headers: headers ?? {},
      };
      byPartition.set(place, [...(byPartition.get(place) ?? []), record]);
    }
    for (const [partition, records] of byPartition) this.run(partition, records, publishedAt);
  }

  state(account: string): S | undefined {
    const blob = this.states.get(account);
    return blob && this.topology.state.decode(blob);
  }

  /** Forgets what is in memory: the next batch reads states back from their bytes, as after a restart. */
  restart(): void {
    for (const fold of this.folds.values()) fold.states.clear();
  }

  private run(partition: number, records: LogRecord[], publishedAt: Micros): void {
    let fold = this.folds.get(partition);
    if (!fold) this.folds.set(partition, (fold = new PartitionFold(this.topology, partition)));
    const decoded = fold.decode(records);
    for (const account of fold.accountsOf(decoded)) {
      const blob = this.states.get(account);
      if (blob) fold.states.set(account, this.topology.state.decode(blob));
    }
    const changes = fold.fold(decoded, { publishedAt, appendClock: false });
    for (const [account, state] of changes.states) this.states.set(account, this.topology.state.encode(state));
    this.outputs.push(...changes.entries.map(({ record }) => record));
  }
}
