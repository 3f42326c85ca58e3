import { randomUUID } from 'node:crypto';
import { CONTROL_HEADER } from '@milepost/contracts';
import {
  checkMarkers,
  encodeOutbox,
  InfrastructureError,
  PartitionFold,
  requireKnownMarkers,
  StatePack,
  unpublished,
} from '@milepost/stream';
import type {
  Changes,
  ControlLog,
  DecodedRecord,
  LogReader,
  LogRecord,
  Metrics,
  OutRecord,
  PartitionPublisher,
  StateStore,
  Topology,
} from '@milepost/stream';
import type { PartitionOwner } from './partition-owner.js';
import { PartitionReport } from './partition-report.js';

export interface TopologyOwnerOptions<S, I> {
  topology: Topology<S, I>;
  partition: number;
  /** Full name of the input topic. */
  topic: string;
  store: StateStore;
  publisher: PartitionPublisher;
  log: LogReader;
  /** For a topology that checks markers. */
  control: ControlLog | null;
  metrics: Metrics;
  /** Wall clock, microseconds. */
  now: () => number;
  clockInterval: number;
  idleAfter: number;
  maxCachedAccounts: number;
}

/** What is decoded lives until it is folded; more of it at once would outlive the garbage collector's young space. */
const PART_BYTES = 131_072;

function* parts(records: readonly LogRecord[]): Generator<readonly LogRecord[]> {
  let from = 0;
  let bytes = 0;
  for (let i = 0; i < records.length; i++) {
    bytes += records[i]!.value?.length ?? 0;
    if (bytes < PART_BYTES) continue;
    yield records.slice(from, i + 1);
    from = i + 1;
    bytes = 0;
  }
  if (from < records.length) yield records.slice(from);
}

/**
 * Exactly once with the state outside Kafka. `next` is R, the offset to apply next, stored with the state; `confirmed`
 * is C, the group's committed offset, below which everything is published. Any error in here ends the owner: the host
 * discards it and takes the partition again, because after an unknown result only the stores know what happened.
 */
export class TopologyOwner<S, I> implements PartitionOwner {
  private readonly token = randomUUID();
  private readonly fold: PartitionFold<S, I>;
  private next = 0;
  private confirmed = 0;
  /** Below this offset outputs are out already: folded again in silence. */
  private silentBelow = 0;
  private readTo = 0;
  private lastActivity: number;
  private lastClock = 0;
  /** Markers of control records below this sequence number are in the log, or were put there by us. */
  private marked = 0;
  /** Receive time of the newest record taken in. */
  private newestRecord = 0;
  private readonly report: PartitionReport;
  private readonly pack = new StatePack();

  constructor(private readonly options: TopologyOwnerOptions<S, I>) {
    this.fold = new PartitionFold(options.topology, options.partition);
    this.report = new PartitionReport(options.metrics, options.topology.name, options.partition);
    this.lastActivity = options.now();
    if (options.topology.checksMarkers && !options.control)
      throw new Error(`Topology ${options.topology.name} checks markers, so its host needs the control log.`);
  }

  async take(): Promise<number> {
    const { store, log, publisher, partition, topic, topology } = this.options;
    if (topology.state.versions) await store.publishSchema(topology.state.versions.schema);
    await publisher.fence();
    const stored = await store.takeOver(partition, this.token);
    // After the fencing, never before: only now can nobody else move it.
    const committed = await log.committed(topic, partition);
    const { low, high } = await log.bounds(topic, partition);
    this.next = await this.startingPoint(stored.next, committed?.offset ?? null, low, high);
    this.confirmed = committed?.offset ?? this.next;
    this.fold.clock = stored.clock;
    this.fold.control = this.marked = stored.control;
    for (const hash of stored.forgotten) this.fold.forgotten.add(hash);
    for (const [account, due] of stored.due) this.fold.due.set(account, due);
    if (this.next > this.confirmed) {
      const { confirmed, next } = this;
      await this.publish(unpublished(stored.outbox, { confirmed, next }, this.options.topology.sinks));
    }
    this.silentBelow = this.confirmed;
    this.readTo = this.next;
    this.report.taken(stored.tally);
    return this.next;
  }

  /** Decides where to go on, or stops with an alarm: never by skipping anything. */
  private async startingPoint(
    next: number | null,
    committed: number | null,
    low: number,
    high: number,
  ): Promise<number> {
    const { store, publisher, partition, topic } = this.options;
    const where = `${topic}/${partition}:`;
    if (next === null && committed === null) {
      await publisher.publish([], { offset: low, metadata: '' });
      await store.begin(partition, this.token, low);
      return low;
    }
    if (next === null) {
      // Redis lost everything. Folding again from the start is only right while the log still has its start.
      if (low > 0)
        throw new InfrastructureError('state-missing', `${where} committed ${committed}, the log starts at ${low}.`);
      await store.begin(partition, this.token, 0);
      return 0;
    }
    if (committed === null) throw new InfrastructureError('offset-missing', `${where} the state stands at ${next}.`);
    if (next < low)
      throw new InfrastructureError('log-truncated', `${where} state at ${next}, the log starts at ${low}.`);
    if (next > high || committed > high) {
      throw new InfrastructureError(
        'log-behind',
        `${where} state at ${next}, committed ${committed}, the log ends at ${high}.`,
      );
    }
    return next;
  }

  async apply(records: readonly LogRecord[], to: number): Promise<number> {
    const silent = this.next < this.silentBelow;
    const end = silent ? Math.min(to, this.silentBelow) : to;
    const wanted = records.filter(({ offset }) => offset >= this.next && offset < end);
    if (end <= this.next) return this.next;
    await this.applyBatch(wanted, end, silent);
    return this.next;
  }

  private async applyBatch(records: readonly LogRecord[], to: number, silent: boolean): Promise<void> {
    const { topology, now } = this.options;
    const wall = now();
    this.lastActivity = wall;
    const appendClock =
      !silent && topology.clockSink !== undefined && wall - this.lastClock >= this.options.clockInterval;
    const batch = this.fold.begin({ publishedAt: wall, appendClock });
    for (const part of parts(records)) {
      const decoded = await this.decode(part);
      await this.load(this.fold.accountsOf(decoded));
      batch.add(decoded);
    }
    const changes = batch.finish();
    const stored = now();
    await this.commit(changes, to, silent);
    this.report.committed('redis', now() - stored);
    this.next = to;
    this.readTo = Math.max(this.readTo, to);
    if (!silent) {
      const sent = now();
      await this.publish(changes.entries.map(({ record }) => record));
      this.report.committed('kafka', now() - sent);
      if (appendClock) this.lastClock = wall;
    }
    this.newestRecord = records.at(-1)?.timestamp ?? this.newestRecord;
    this.report.folded(records.length, changes.tally.counts, changes.clock);
    this.trimCache();
  }

  private async decode(records: readonly LogRecord[]): Promise<DecodedRecord<I>[]> {
    const { topology, control } = this.options;
    const decoded = this.fold.decode(records);
    if (topology.checksMarkers) await checkMarkers(decoded, control!);
    requireKnownMarkers(decoded);
    return decoded;
  }

  private async load(accounts: string[]): Promise<void> {
    if (accounts.length === 0) return;
    const { store, partition, topology } = this.options;
    const blobs = await store.load(partition, this.token, this.next, accounts);
    await this.requireKnown(blobs);
    accounts.forEach((account, i) => {
      const blob = blobs[i];
      if (blob) this.fold.states.set(account, topology.state.decode(blob));
    });
  }

  /** Another version, which ran before us or runs beside us, may have written them. */
  private async requireKnown(blobs: readonly (Buffer | null)[]): Promise<void> {
    const { store, topology, topic, partition } = this.options;
    const { versions } = topology.state;
    const unknown = (): boolean => blobs.some((blob) => blob !== null && !versions!.knows(blob));
    if (!versions || !unknown()) return;
    for (const schema of await store.schemas()) versions.learn(schema);
    if (unknown()) throw new InfrastructureError('state-unknown', `${topic}/${partition}:`);
  }

  private async commit(changes: Changes<S>, to: number, silent: boolean): Promise<void> {
    const { store, partition, topology } = this.options;
    const entries = silent ? [] : changes.entries;
    for (const [account, state] of changes.states) this.pack.add(account, (into) => topology.state.write(state, into));
    await store.commit(partition, this.token, {
      from: this.next,
      to,
      states: this.pack.take(),
      due: [...changes.due],
      forgotten: [...changes.forgotten],
      control: changes.control,
      outbox: entries.length > 0 ? encodeOutbox({ from: this.next, to, entries }) : null,
      confirmed: this.confirmed,
      clock: changes.clock,
      tally: changes.tally.counts,
    });
  }

  /** One transaction: the outputs, and R as the group's committed offset. */
  private async publish(records: readonly OutRecord[]): Promise<void> {
    await this.options.publisher.publish(records, { offset: this.next, metadata: '' });
    this.confirmed = this.next;
  }

  async tick(wall: number): Promise<void> {
    const { store, log, partition, topic, topology } = this.options;
    const { high } = await log.bounds(topic, partition);
    const lag = Math.max(0, high - this.readTo);
    this.report.standing(lag, lag > 0 ? Math.max(0, wall - this.newestRecord) : 0, this.fold.states.size);
    // What is left below C may be control records only, which no batch ever shows.
    if (this.next < this.silentBelow && this.readTo >= this.silentBelow)
      await this.applyBatch([], this.silentBelow, true);
    await store.probe(partition, this.token, this.next, this.confirmed);
    await this.mark();
    // A tick never runs beside a batch, so whatever is known here is confirmed: C = R, or the rest of a backlog.
    if (!topology.clockSink || this.readTo < high) return;
    if (wall - this.lastActivity < this.options.idleAfter || wall - this.lastClock < this.options.clockInterval) return;
    const clock = wall - this.options.idleAfter;
    // A partition without a record has no account whose time could pass.
    if (this.fold.clock === 0 || clock <= this.fold.clock) return;
    const sink = topology.sinks[topology.clockSink]!;
    if (sink.mode !== 'page') throw new Error(`Sink ${topology.clockSink} carries the clock, so it must be paged.`);
    const value = sink.frame(0, Buffer.alloc(0), clock);
    await this.options.publisher.publish(
      [{ topic: sink.topic, partition, key: null, value, headers: {}, timestamp: null }],
      null,
    );
    this.lastClock = wall;
  }

  /**
   * Appends markers of what operators wrote since. An owner that ends before it has seen its own leaves it to the next
   * one to append them again: a repeat changes nothing. While the log is folded again in silence its markers lie ahead.
   */
  private async mark(): Promise<void> {
    const { topology, control, partition, publisher } = this.options;
    if (!topology.checksMarkers || this.next < this.silentBelow) return;
    const end = await control!.end();
    const known = Math.max(this.marked, this.fold.control);
    if (end < known)
      throw new InfrastructureError(
        'control-missing',
        `${topology.source}/${partition}: ${known} are known, ${end} there.`,
      );
    const markers: OutRecord[] = [];
    for (let sequence = known; sequence < end; sequence++) {
      const value = await control!.read(sequence);
      const headers = { [CONTROL_HEADER]: String(sequence) };
      if (value) markers.push({ topic: topology.source, partition, key: null, value, headers, timestamp: null });
    }
    if (markers.length > 0) await publisher.publish(markers, null);
    this.marked = end;
  }

  skipTo(offset: number): void {
    this.readTo = Math.max(this.readTo, offset);
  }

  close(): Promise<void> {
    this.report.close();
    return this.options.publisher.close();
  }

  /** Oldest first; whoever is seen again is loaded again. */
  private trimCache(): void {
    const { states } = this.fold;
    let surplus = states.size - this.options.maxCachedAccounts;
    for (const account of states.keys()) {
      if (surplus-- <= 0) return;
      states.delete(account);
    }
  }
}
