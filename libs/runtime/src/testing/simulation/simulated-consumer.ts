import kafkajs from 'kafkajs'; // Node finds only some of its exports by name.
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Caller } from './network.js';
import type { Action, Scheduler } from './scheduler.js';
import type { SimulatedGroup } from './simulated-group.js';
import type { SimulatedLog, StoredRecord } from './simulated-log.js';

type Listener = (event: { payload: unknown }) => void;
type Handler = (payload: EachBatchPayload) => Promise<void>;

interface Place {
  position: number;
  paused: boolean;
  /** Counts seeks and generations: a batch fetched under another number is stale. */
  reading: number;
  busy: boolean;
}

const LARGEST_BATCH = 6;

/** A kafkajs consumer as the runtime sees it: eager rebalances, one batch of a partition at a time. */
export class SimulatedConsumer {
  readonly events = { GROUP_JOIN: 'join', CRASH: 'crash', END_BATCH_PROCESS: 'end' };
  private readonly listeners = new Map<string, Listener>();
  private readonly paused = new Set<number>();
  private places = new Map<number, Place>();
  private handler: Handler | null = null;
  private running = false;
  private stopped = false;

  constructor(
    readonly caller: Caller,
    private readonly scheduler: Scheduler,
    private readonly log: SimulatedLog,
    private readonly group: SimulatedGroup,
    private readonly topic: string,
  ) {}

  on(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  subscribe(): Promise<void> {
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  run({ eachBatch }: { eachBatch: Handler }): Promise<void> {
    this.handler = eachBatch;
    this.running = true;
    this.group.enter(this);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.running = false;
    this.stopped = true;
    this.group.leave(this);
    return Promise.resolve();
  }

  /** As kafkajs's own: it leaves, says so a little later, and begins anew, with nothing paused. */
  crash(): void {
    if (!this.running) return;
    this.running = false;
    this.places = new Map();
    this.group.leave(this);
    const alive = (): boolean => this.caller.alive && !this.caller.paused && !this.stopped;
    const soon = (): number => this.scheduler.now + this.scheduler.chance.integer(0, 60);
    const restart = (): void => {
      this.paused.clear();
      this.running = true;
      this.group.enter(this);
    };
    const tell = (): void => {
      this.emit('crash', { restart: true });
      this.scheduler.plan(`${this.caller.name} reads again`, restart, soon(), alive);
    };
    this.scheduler.plan(`${this.caller.name} hears that its reader crashed`, tell, soon(), alive);
  }

  seek({ partition, offset }: { partition: number; offset: string }): void {
    this.requireRunning();
    const place = this.places.get(partition);
    if (!place) return;
    place.position = Number(offset);
    place.reading++;
  }

  pause([{ partitions }]: [{ partitions: number[] }]): void {
    this.requireRunning();
    for (const partition of partitions) this.paused.add(partition);
  }

  resume([{ partitions }]: [{ partitions: number[] }]): void {
    this.requireRunning();
    for (const partition of partitions) this.paused.delete(partition);
  }

  private requireRunning(): void {
    if (!this.running) throw new kafkajs.KafkaJSNonRetriableError('Consumer group was not initialized');
  }

  /** A new generation: every partition is read again from what the group has committed. */
  join(partitions: readonly number[]): void {
    const before = this.places;
    this.places = new Map();
    for (const partition of partitions) {
      const committed = this.log.committedOffset(this.group.id, this.topic, partition);
      const reading = (before.get(partition)?.reading ?? 0) + 1;
      this.places.set(partition, { position: Number(committed?.offset ?? 0), paused: false, reading, busy: false });
    }
    this.emit('join', { memberAssignment: { [this.topic]: [...partitions] } });
  }

  /** The batches that could come next. */
  *offers(): Generator<Action> {
    if (!this.running || this.caller.paused || !this.caller.alive) return;
    for (const [partition, place] of this.places) {
      if (place.busy || this.paused.has(partition)) continue;
      if (this.rest(partition, place).length === 0) continue;
      const label = `${this.caller.name} fetches ${this.topic}/${partition} from ${place.position}`;
      yield { label, at: 0, enabled: () => true, run: () => void this.deliver(partition, place) };
    }
  }

  private async deliver(partition: number, place: Place): Promise<void> {
    const raw = this.fetch(partition, place);
    const fetchedOffset = place.position;
    const to = raw.at(-1)!.offset + 1;
    const records = this.log.partition(this.topic, partition).committed(fetchedOffset, to);
    const { reading } = place;
    const isStale = (): boolean => place.reading !== reading || this.places.get(partition) !== place;
    if (records.length === 0) {
      place.position = to;
      const offsets = { firstOffset: String(raw[0]!.offset), lastOffset: String(to - 1) };
      this.emit('end', { topic: this.topic, partition, batchSize: 0, ...offsets });
      return;
    }
    const messages = records.map(
      ({ offset, timestamp, key, value, headers }) =>
        ({ offset: String(offset), timestamp: String(timestamp), key, value, headers }) as unknown as KafkaMessage,
    );
    let resolved = place.position;
    const batch = {
      topic: this.topic,
      partition,
      messages,
      fetchedOffset: String(fetchedOffset),
      lastOffset: () => String(to - 1),
    };
    const payload = {
      batch,
      resolveOffset: (offset: string) => (resolved = Number(offset) + 1),
      heartbeat: () => Promise.resolve(),
      isRunning: () => this.running,
      isStale,
    };
    place.busy = true;
    try {
      await this.handler!(payload as unknown as EachBatchPayload);
    } catch (error) {
      this.scheduler.note(`  ${this.caller.name} could not take its batch: ${(error as Error).message}`);
      this.crash();
    } finally {
      place.busy = false;
      if (!isStale()) place.position = resolved;
    }
  }

  /** A fetch is megabytes: what was aborted before a record never fills one, so it comes with the record. */
  private fetch(partition: number, place: Place): StoredRecord[] {
    const rest = this.rest(partition, place);
    const [first] = this.log.partition(this.topic, partition).committed(place.position);
    const least = first ? rest.findIndex(({ offset }) => offset === first.offset) + 1 : 1;
    return rest.slice(0, Math.max(least, this.scheduler.chance.integer(1, LARGEST_BATCH)));
  }

  /** What a fetch may return, control records included. */
  private rest(partition: number, { position }: Place): StoredRecord[] {
    const { records, stableEnd } = this.log.partition(this.topic, partition);
    return records.slice(position, stableEnd).filter(({ hole }) => !hole);
  }

  private emit(name: string, payload: unknown): void {
    this.listeners.get(name)?.({ payload });
  }
}
