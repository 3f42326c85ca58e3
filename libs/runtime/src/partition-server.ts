import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Logger, LogRecord } from '@milepost/stream';
import type { Consumer, ConsumerEndBatchProcessEvent, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { PartitionOwner } from './partition-owner.js';
import { PartitionSlot } from './partition-slot.js';

export interface PartitionServerOptions {
  kafka: Kafka;
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
  /** Called when consuming has ended for good: the process must not live on as if nothing had happened. */
  onFatal: (error: Error) => void;
  /** Connects what owners use; closes it at the end. */
  connect: () => Promise<void>;
  disconnect: () => Promise<void>;
}

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
  private timer: NodeJS.Timeout | undefined;
  private joined = false;
  private closing = false;
  /** Wall clock, milliseconds, of the last sign that the host itself goes on. */
  heartbeatAt = Date.now();

  constructor(private readonly options: PartitionServerOptions) {
    super();
    const { kafka, groupId, sessionTimeoutMs, maxWaitMs, minBytes, maxBytesPerPartition } = options;
    this.consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 10),
      rebalanceTimeout: 2 * sessionTimeoutMs,
      maxWaitTimeInMs: maxWaitMs,
      minBytes,
      maxBytesPerPartition,
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
    });
    await connect();
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 16,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    // kafkajs waits for a join that is under way, and for ever when the brokers are gone.
    await Promise.race([this.consumer.stop(), new Promise((done) => setTimeout(done, STOP_PATIENCE_MS))]);
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
      stopped: slots.flatMap(({ stopped }) => (stopped ? [stopped.message] : [])),
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
    const first = Number(batch.firstOffset() ?? to);
    if (await slot.apply(first, records, to)) resolveOffset(batch.lastOffset());
    this.heartbeatAt = Date.now();
    await heartbeat();
  }

  /** Batches of control records or compacted ones never reach `eachBatch`. */
  private noteEmpty({ payload }: ConsumerEndBatchProcessEvent): void {
    if (payload.batchSize > 0) return;
    this.slots.get(keyOf(payload.topic, payload.partition))?.skipTo(Number(payload.lastOffset) + 1);
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
      if (!this.slots.has(key)) this.slots.set(key, this.newSlot(topic, partition));
    }
  }

  private newSlot(topic: string, partition: number): PartitionSlot {
    const one = [{ topic, partitions: [partition] }];
    return new PartitionSlot({
      topic,
      partition,
      logger: this.options.logger,
      newOwner: () => this.options.newOwner(topic, partition),
      seek: (offset) => this.consumer.seek({ topic, partition, offset: String(offset) }),
      pause: () => this.consumer.pause(one),
      resume: () => this.consumer.resume(one),
    });
  }

  private tick(): void {
    // Read before anyone asks for the end of the log: a record that comes in between is newer than this.
    const wall = Date.now() * 1000;
    this.heartbeatAt = Date.now();
    for (const slot of this.slots.values()) if (slot.taken) void slot.tick(wall);
  }
}

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
