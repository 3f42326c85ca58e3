import { randomUUID } from 'node:crypto';
import { TOPICS } from '@milepost/contracts';
import { InfrastructureError } from '@milepost/stream';
import type { ControlLog } from '@milepost/stream';
import type { Consumer, Kafka } from 'kafkajs';
import type { Timers } from '../timers.js';
import { LogAdmin } from './log-admin.js';

export interface ControlLogOptions {
  kafka: Pick<Kafka, 'admin' | 'consumer'>;
  topicPrefix: string;
  groupPrefix: string;
  timers: Timers;
}

/** A partition that waits for longer is let go and taken again, so that its group does not take us for dead. */
const PATIENCE_MS = 3_000;
const POLL_MS = 20;

/**
 * The control topic in memory: operators write little. It is read only once there is something in it, in a group of our
 * own that commits nothing, because everyone has to see all of it.
 */
export class KafkaControlLog implements ControlLog {
  private readonly topic: string;
  private readonly log: LogAdmin;
  private readonly records = new Map<number, Buffer>();
  private readTo = 0;
  private consumer: Consumer | null = null;

  constructor(private readonly options: ControlLogOptions) {
    const { kafka, topicPrefix, groupPrefix, timers } = options;
    this.topic = topicPrefix + TOPICS.control;
    this.log = new LogAdmin(kafka, `${groupPrefix}-control`, timers);
  }

  connect(): Promise<void> {
    return this.log.connect();
  }

  async close(): Promise<void> {
    void this.consumer?.disconnect().catch(() => undefined);
    await this.log.close();
  }

  async end(): Promise<number> {
    const { low, high } = await this.log.bounds(this.topic, 0);
    if (low > 0) throw new InfrastructureError('control-missing', `${this.topic} starts at ${low}.`);
    return high;
  }

  async read(sequence: number): Promise<Buffer | null> {
    if (sequence >= this.readTo) {
      if (sequence >= (await this.end())) return null;
      await this.readPast(sequence);
    }
    return this.records.get(sequence) ?? null;
  }

  private async readPast(sequence: number): Promise<void> {
    const { timers } = this.options;
    if (!this.consumer) {
      this.consumer = this.options.kafka.consumer(this.group());
      await this.start(this.consumer).catch((cause: Error) => {
        this.consumer = null;
        throw new InfrastructureError('log-unavailable', cause.message, { cause });
      });
    }
    const deadline = timers.now() + PATIENCE_MS;
    while (this.readTo <= sequence) {
      if (timers.now() > deadline)
        throw new InfrastructureError('log-unavailable', `${this.topic} is read up to ${this.readTo} only.`);
      await new Promise<void>((done) => timers.after(POLL_MS, done));
    }
  }

  private group() {
    const groupId = `${this.options.groupPrefix}-control-${randomUUID()}`;
    return { groupId, maxWaitTimeInMs: 200, retry: { restartOnFailure: () => Promise.resolve(true) } };
  }

  private async start(consumer: Consumer): Promise<void> {
    // One that has crashed for good is replaced at the next question.
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart && this.consumer === consumer) this.consumer = null;
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [this.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { offset, value } of batch.messages) if (value) this.records.set(Number(offset), value);
        this.readTo = Math.max(this.readTo, Number(batch.lastOffset()) + 1);
        return Promise.resolve();
      },
    });
  }
}
