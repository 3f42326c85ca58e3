import { randomUUID } from 'node:crypto';
import { InfrastructureError } from '@milepost/stream';
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs';

export interface WholeRecord {
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

/** What one reading may take. */
export interface ReadLimits {
  milliseconds: number;
  records: number;
  bytes: number;
}

/** A topic holds more than a reading may take. */
export class TopicTooLarge extends Error {}

/**
 * All committed records of a topic of one partition, up to where it ended when it was asked. Made for topics that hold
 * few records and are kept for ever.
 *
 * @throws with `limits`: InfrastructureError `log-unavailable` when the time is up, TopicTooLarge. Otherwise kafkajs's
 *   own error once it has given up
 */
export async function readTopic(kafka: Kafka, topic: string, limits?: ReadLimits): Promise<WholeRecord[]> {
  const reading = new TopicReading(kafka, topic, limits);
  if (!limits) return reading.run();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      // It ends in its own time, with nobody waiting for it.
      reading.abandon();
      fail(new InfrastructureError('log-unavailable', `${topic} was not read in ${limits.milliseconds / 1000} s.`));
    }, limits.milliseconds);
  });
  try {
    return await Promise.race([reading.run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

class TopicReading {
  private readonly groupId = `milepost-read-${randomUUID()}`;
  private readonly admin: Admin;
  private consumer: Consumer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly limits: ReadLimits | undefined,
  ) {
    this.admin = kafka.admin();
  }

  async run(): Promise<WholeRecord[]> {
    const { admin, topic, limits } = this;
    await admin.connect();
    try {
      const [partition] = await admin.fetchTopicOffsets(topic);
      const end = Number(partition!.high);
      const size = end - Number(partition!.low);
      if (size <= 0) return [];
      if (limits && size > limits.records) throw new TopicTooLarge(`${topic} has ${size} records; ${limits.records} are read at most.`); // prettier-ignore
      const records = await this.readUntil(end);
      await admin.deleteGroups([this.groupId]);
      return records;
    } finally {
      await admin.disconnect();
    }
  }

  abandon(): void {
    void this.consumer?.disconnect().catch(() => undefined);
    void this.admin.disconnect().catch(() => undefined);
  }

  private async readUntil(end: number): Promise<WholeRecord[]> {
    const { topic, groupId } = this;
    const most = this.limits?.bytes ?? Infinity;
    const records: WholeRecord[] = [];
    let bytes = 0;
    const consumer = this.kafka.consumer({ groupId, maxWaitTimeInMs: 50, readUncommitted: false });
    this.consumer = consumer;
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((done, fail) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
        // Transaction markers have offsets too, and a batch of them alone shows in this event only.
        consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
          if (Number(payload.lastOffset) >= end - 1) done();
        });
        const eachBatch = ({ batch }: EachBatchPayload) => {
          for (const { offset, key, value, timestamp } of batch.messages) {
            if (Number(offset) >= end) continue;
            records.push({ offset: Number(offset), key, value, timestamp: Number(timestamp) });
            bytes += (key?.length ?? 0) + (value?.length ?? 0);
          }
          if (bytes > most) fail(new TopicTooLarge(`${topic} has more than ${most} bytes, which are read at most.`));
          return Promise.resolve();
        };
        consumer.run({ autoCommit: false, eachBatch }).catch(fail);
      });
      return records;
    } finally {
      await consumer.disconnect();
    }
  }
}
