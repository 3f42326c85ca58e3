import type { Micros } from '@milepost/contracts';
import { partitionOf, PARTITIONS } from '@milepost/contracts';
import type { LogRecord, OutRecord } from '../log-record.js';
import { PartitionFold } from '../partition-fold.js';
import { Tally } from '../tally.js';
import type { Topology } from '../topology.js';
import { encodeState } from './encode-state.js';

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
  private readonly due = new Map<string, Micros>();

  constructor(private topology: Topology<S, I>) {}

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

  /** Forgets what is in memory, as after a restart, perhaps in another version: states are read back from their bytes. */
  restart(topology: Topology<S, I> = this.topology): void {
    this.topology = topology;
    for (const [partition, { clock, control, forgotten, due }] of this.folds) {
      const fresh = new PartitionFold(topology, partition);
      fresh.clock = clock;
      fresh.control = control;
      for (const hash of forgotten) fresh.forgotten.add(hash);
      for (const account of due.peek(Infinity)) fresh.due.set(account, this.due.get(account)!);
      this.folds.set(partition, fresh);
    }
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
    for (const [account, state] of changes.states) this.states.set(account, encodeState(this.topology.state, state));
    for (const [account, due] of changes.due) {
      if (due === null) this.due.delete(account);
      else this.due.set(account, due);
    }
    for (const account of changes.forgotten.keys()) this.states.delete(account);
    this.tally.addAll(changes.tally.counts);
    this.outputs.push(...changes.entries.map(({ record }) => record));
  }
}
