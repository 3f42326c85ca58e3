import type { Micros } from '@milepost/contracts';
import { partitionOf, PARTITIONS } from '@milepost/contracts';
import type { LogRecord, OutRecord } from '../log-record.js';
import { PartitionFold } from '../partition-fold.js';
import { Tally } from '../tally.js';
import type { Topology } from '../topology.js';

export interface DriverInput {
  /** Null: such as a marker, whose partition is given. */
  key: string | null;
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
  /** Everything that was counted, over all partitions. */
  readonly tally = new Tally();
  private readonly states = new Map<string, Buffer>();
  private readonly folds = new Map<number, PartitionFold<S, I>>();
  private readonly offsets = new Map<number, number>();

  constructor(private readonly topology: Topology<S, I>) {}

  /** Whether the account was forgotten, in any partition. */
  isForgotten(account: string): boolean {
    return [...this.folds.values()].some((fold) => fold.isForgotten(account));
  }

  /** One batch for every partition that gets records. `publishedAt` stands for the wall clock. */
  send(inputs: readonly DriverInput[], publishedAt: Micros = 0): void {
    const byPartition = new Map<number, LogRecord[]>();
    for (const { key, value, timestamp, partition, headers } of inputs) {
      const place = partition ?? partitionOf(Buffer.from(key ?? ''), PARTITIONS);
      const offset = this.offsets.get(place) ?? 0;
      this.offsets.set(place, offset + 1);
      const record: LogRecord = {
        topic: this.topology.source,
        partition: place,
        offset,
        timestamp,
        key: key === null ? null : Buffer.from(key),
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
    for (const account of changes.forgotten.keys()) this.states.delete(account);
    this.tally.addAll(changes.tally.counts);
    this.outputs.push(...changes.entries.map(({ record }) => record));
  }
}
