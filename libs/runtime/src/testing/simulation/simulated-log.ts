import type { Scheduler } from './scheduler.js';

export interface StoredRecord {
  offset: number;
  timestamp: number;
  key: Buffer | null;
  /** `undefined`: a control record, or a hole that compaction has left. */
  value: Buffer | null | undefined;
  headers: Record<string, Buffer | string>;
  transaction: Transaction | null;
  hole?: true;
}

export interface Transaction {
  id: string;
  epoch: number;
  state: 'ongoing' | 'committing' | 'committed' | 'aborted';
  partitions: Set<LogPartition>;
  offsets: { group: string; topic: string; partition: number; offset: string; metadata: string }[];
  groups: Set<string>;
}

export class LogPartition {
  readonly records: StoredRecord[] = [];
  /** Newest producer epoch that has written here, by transactional id: a broker refuses older ones. */
  readonly epochs = new Map<string, number>();

  get end(): number {
    return this.records.length;
  }

  append(record: Omit<StoredRecord, 'offset'>): void {
    this.records.push({ ...record, offset: this.end });
  }

  /** Up to here nothing is undecided. */
  get stableEnd(): number {
    const open = this.records.find(({ transaction: t }) => t && (t.state === 'ongoing' || t.state === 'committing'));
    return open?.offset ?? this.end;
  }

  /** What a `read_committed` reader gets, in order. */
  committed(from = 0, to = this.stableEnd): StoredRecord[] {
    return this.records
      .slice(from, Math.min(to, this.stableEnd))
      .filter(({ value, transaction }) => value !== undefined && transaction?.state !== 'aborted');
  }
}

const refuse = (why: string): never => {
  throw new Error(why);
};

/** Brokers: logs, committed offsets, and transactions by the protocol that kafkajs speaks. */
export class SimulatedLog {
  private readonly topics = new Map<string, LogPartition[]>();
  private readonly offsets = new Map<string, { offset: string; metadata: string }>();
  private readonly epochs = new Map<string, number>();
  private readonly open = new Map<string, Transaction>();
  /** Newest epoch that has committed offsets in a group, by group and transactional id. */
  private readonly groupEpochs = new Map<string, number>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly partitionsPerTopic: number,
  ) {}

  topic(name: string): LogPartition[] {
    let partitions = this.topics.get(name);
    if (!partitions) {
      partitions = Array.from({ length: this.partitionsPerTopic }, () => new LogPartition());
      this.topics.set(name, partitions);
    }
    return partitions;
  }

  partition(topic: string, partition: number): LogPartition {
    return this.topic(topic)[partition] ?? refuse(`${topic} has no partition ${partition}`);
  }

  committedOffset(group: string, topic: string, partition: number): { offset: string; metadata: string } | undefined {
    return this.offsets.get(`${group}/${topic}/${partition}`);
  }

  /** InitProducerId: ends what an earlier producer of this id left open, and outdates that producer. */
  initProducer(id: string): number {
    const left = this.open.get(id);
    const epoch = (this.epochs.get(id) ?? -1) + 1;
    this.epochs.set(id, epoch);
    if (left) this.end(left, left.state === 'committing' ? 'committed' : 'aborted', epoch);
    return epoch;
  }

  addPartition(id: string, epoch: number, topic: string, partition: number): void {
    const into = this.partition(topic, partition);
    this.transactionOf(id, epoch).partitions.add(into);
  }

  addGroup(id: string, epoch: number, group: string): void {
    this.transactionOf(id, epoch).groups.add(group);
  }

  /** The partition's leader knows an epoch only from what was written to it: a coordinator's word is not enough. */
  produce(
    id: string,
    epoch: number,
    topic: string,
    partition: number,
    records: readonly Pick<StoredRecord, 'key' | 'value' | 'headers' | 'timestamp'>[],
  ): void {
    const into = this.partition(topic, partition);
    if (epoch < (into.epochs.get(id) ?? 0)) refuse('INVALID_PRODUCER_EPOCH');
    const transaction = this.open.get(id);
    if (transaction?.epoch !== epoch || !transaction.partitions.has(into)) return refuse('INVALID_TXN_STATE');
    into.epochs.set(id, epoch);
    for (const record of records) into.append({ ...record, transaction });
  }

  commitOffsets(id: string, epoch: number, group: string, offsets: Omit<Transaction['offsets'][0], 'group'>[]): void {
    if (epoch < (this.groupEpochs.get(`${group} ${id}`) ?? 0)) refuse('INVALID_PRODUCER_EPOCH');
    const transaction = this.open.get(id);
    if (transaction?.epoch !== epoch || !transaction.groups.has(group)) return refuse('INVALID_TXN_STATE');
    transaction.offsets.push(...offsets.map((one) => ({ group, ...one })));
  }

  /** EndTxn is answered before the markers are written: what was committed is seen a moment later. */
  endTransaction(id: string, epoch: number, commit: boolean): void {
    if (epoch !== this.epochs.get(id)) refuse('INVALID_PRODUCER_EPOCH');
    const transaction = this.open.get(id) ?? refuse('INVALID_TXN_STATE');
    if (transaction.state === 'committing') {
      // A request that was sent again: the answer to it is the one to the first.
      if (!commit) refuse('INVALID_TXN_STATE');
      return;
    }
    if (!commit) return this.end(transaction, 'aborted', epoch);
    transaction.state = 'committing';
    const { chance, now } = this.scheduler;
    const markersWritten = now + (chance.happens(0.1) ? chance.integer(0, 100) : 0);
    const complete = (): void => {
      if (transaction.state === 'committing') this.end(transaction, 'committed', epoch);
    };
    this.scheduler.plan(`broker completes ${id}`, complete, markersWritten);
  }

  /** The coordinator gives up on a transaction that takes too long. */
  timeOut(): void {
    const ongoing = [...this.open.values()].filter(({ state }) => state === 'ongoing');
    if (ongoing.length === 0) return;
    const { id } = this.scheduler.chance.pick(ongoing);
    this.initProducer(id);
  }

  private transactionOf(id: string, epoch: number): Transaction {
    if (epoch !== this.epochs.get(id)) refuse('INVALID_PRODUCER_EPOCH');
    const known = this.open.get(id);
    if (known?.state === 'committing') this.end(known, 'committed', epoch);
    let open = this.open.get(id);
    if (!open) {
      open = { id, epoch, state: 'ongoing', partitions: new Set(), offsets: [], groups: new Set() };
      this.open.set(id, open);
    }
    return open;
  }

  private end(transaction: Transaction, state: 'committed' | 'aborted', epoch: number): void {
    const { id } = transaction;
    transaction.state = state;
    this.open.delete(id);
    for (const partition of transaction.partitions) {
      partition.epochs.set(id, epoch);
      partition.append({ timestamp: this.scheduler.now, key: null, value: undefined, headers: {}, transaction: null });
    }
    for (const group of transaction.groups) this.groupEpochs.set(`${group} ${id}`, epoch);
    if (state === 'aborted') return;
    for (const { group, topic, partition, offset, metadata } of transaction.offsets) {
      this.offsets.set(`${group}/${topic}/${partition}`, { offset, metadata });
    }
  }
}
