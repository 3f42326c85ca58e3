import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Logger, LogRecord } from '@milepost/stream';
import kafkajs from 'kafkajs'; // Node finds only some of its exports by name, and not this class.
import type { Batch, Consumer, ConsumerEndBatchProcessEvent, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { PartitionOwner } from './partition-owner.js';
import { PartitionSlot } from './partition-slot.js';
import type { Timers } from './timers.js';

export interface PartitionServerOptions {
  kafka: Pick<Kafka, 'consumer'>;
  timers: Timers;
  groupId: string;
  /** Full topic names. */
  topics: string[];
  newOwner: (topic: string, partition: number) => PartitionOwner;
  logger: Logger;
  sessionTimeoutMs: number;
  /** How long a fetch may wait for more: latency against the size of what is written at once. */
  maxWaitMs: number;
  minBytes: number;
  maxBytesPerPartition: number;
  /** How long what was fetched may wait for more before it is worked on, unless it is much already. */
  gatherMs: number;
  /** Called when consuming has ended for good: the process must not live on as if nothing had happened. */
  onFatal: (error: Error) => void;
  /** Connects what owners use; closes it at the end. */
  connect: () => Promise<void>;
  disconnect: () => Promise<void>;
}

const CONCURRENT_PARTITIONS = 16;
const TICK_MS = 1_000;
const STOP_PATIENCE_MS = 5_000;

export interface ServerStatus {
  joined: boolean;
  assigned: number;
  taken: number;
  stopped: string[];
}

/**
 * Nest's door to the log: a transport strategy that hands out whole batches by partition. (Nest's own Kafka transport
 * awaits each message.) It knows group membership and fetching; what happens to a batch is the owner's matter.
 */
export class PartitionServer extends Server implements CustomTransportStrategy {
  private readonly slots = new Map<string, PartitionSlot>();
  private readonly consumer: Consumer;
  private stopTicking: () => void = () => undefined;
  private joined = false;
  private closing = false;
  /** Wall clock, milliseconds, of the last sign that the host itself goes on. */
  heartbeatAt: number;

  constructor(private readonly options: PartitionServerOptions) {
    super();
    this.heartbeatAt = options.timers.now();
    const { kafka, groupId, sessionTimeoutMs, maxWaitMs, minBytes, maxBytesPerPartition } = options;
    this.consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 10),
      rebalanceTimeout: 2 * sessionTimeoutMs,
      maxWaitTimeInMs: maxWaitMs,
      minBytes,
      maxBytesPerPartition,
      // A fetch that has no room for all partitions leaves the others idle while its own are worked on.
      maxBytes: CONCURRENT_PARTITIONS * maxBytesPerPartition,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10, restartOnFailure: () => Promise.resolve(true) },
    });
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  private async start(): Promise<void> {
    const { topics, connect, onFatal } = this.options;
    const { GROUP_JOIN, CRASH, END_BATCH_PROCESS } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) => this.assign(payload.memberAssignment));
    this.consumer.on(END_BATCH_PROCESS, (event) => this.noteEmpty(event));
    this.consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart && !this.closing) onFatal(payload.error);
      this.joined = false;
    });
    await connect();
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENT_PARTITIONS,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    this.stopTicking = this.options.timers.every(TICK_MS, () => this.tick());
  }

  async close(): Promise<void> {
    this.closing = true;
    this.stopTicking();
    // kafkajs waits for a join that is under way, and for ever when the brokers are gone.
    await Promise.race([
      this.consumer.stop(),
      new Promise<void>((done) => this.options.timers.after(STOP_PATIENCE_MS, done)),
    ]);
    await Promise.all([...this.slots.values()].map((slot) => slot.release()));
    this.slots.clear();
    void this.consumer.disconnect();
    await this.options.disconnect();
  }

  membership(): ServerStatus {
    const slots = [...this.slots.values()];
    return {
      joined: this.joined,
      assigned: slots.length,
      taken: slots.filter(({ taken }) => taken).length,
      stopped: slots.flatMap(({ alarm }) => (alarm ? [alarm.message] : [])),
    };
  }

  on(): never {
    throw new Error('The log has no events to listen to; ask membership().');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const slot = this.slots.get(keyOf(topic, partition));
    if (!slot || !isRunning() || isStale()) return;
    const records = batch.messages.map((message) => toRecord(topic, partition, message));
    const to = Number(batch.lastOffset()) + 1;
    if (await slot.accept(Number((batch as FetchedBatch).fetchedOffset), records, to))
      resolveOffset(batch.lastOffset());
    this.heartbeatAt = this.options.timers.now();
    await heartbeat();
  }

  /** Batches of control records or compacted ones never reach `eachBatch`. */
  private noteEmpty({ payload }: ConsumerEndBatchProcessEvent): void {
    if (payload.batchSize > 0) return;
    const { topic, partition, firstOffset, lastOffset } = payload;
    this.slots.get(keyOf(topic, partition))?.skip(Number(firstOffset), Number(lastOffset) + 1);
  }

  /** Called for every generation of the group, before anything is fetched in it. */
  private assign(assignment: Record<string, number[]>): void {
    this.joined = true;
    const wanted = new Map<string, [string, number]>();
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) wanted.set(keyOf(topic, partition), [topic, partition]);
    }
    for (const [key, slot] of this.slots) {
      if (wanted.has(key)) continue;
      this.slots.delete(key);
      void slot.release();
    }
    for (const [key, [topic, partition]] of wanted) {
      const known = this.slots.get(key);
      if (known) known.rejoin();
      else this.slots.set(key, this.newSlot(topic, partition));
    }
  }

  /** While kafkajs's reader is down there is nothing to steer, and it says so; it comes back with a new generation. */
  private steer(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSNonRetriableError)) throw error;
      this.options.logger.debug({ error: error.message }, 'The reader is down');
    }
  }

  private newSlot(topic: string, partition: number): PartitionSlot {
    const one = [{ topic, partitions: [partition] }];
    return new PartitionSlot({
      topic,
      partition,
      logger: this.options.logger,
      timers: this.options.timers,
      gatherMs: this.options.gatherMs,
      newOwner: () => this.options.newOwner(topic, partition),
      seek: (offset) => this.steer(() => this.consumer.seek({ topic, partition, offset: String(offset) })),
      pause: () => this.steer(() => this.consumer.pause(one)),
      resume: () => this.steer(() => this.consumer.resume(one)),
    });
  }

  private tick(): void {
    // Read before anyone asks for the end of the log: a record that comes in between is newer than this.
    const wall = this.options.timers.now() * 1000;
    this.heartbeatAt = this.options.timers.now();
    for (const slot of this.slots.values()) if (slot.taken) void slot.tick(wall);
  }
}

/**
 * Where the fetch began. kafkajs has it but does not declare it; the first record that came may lie further on, because
 * compaction leaves holes.
 */
type FetchedBatch = Batch & { fetchedOffset: string };

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;

function toRecord(topic: string, partition: number, message: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp) * 1000,
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}
