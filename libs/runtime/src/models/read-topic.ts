import { randomUUID } from 'node:crypto';
import type { EachBatchPayload, Kafka } from 'kafkajs';

export interface WholeRecord {
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

/**
 * All committed records of a topic of one partition, up to where it ended when it was asked. Made for topics that hold
 * few records and are kept for ever.
 */
export async function readTopic(kafka: Kafka, topic: string): Promise<WholeRecord[]> {
  const groupId = `milepost-read-${randomUUID()}`;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [partition] = await admin.fetchTopicOffsets(topic);
    const end = Number(partition!.high);
    if (end <= Number(partition!.low)) return [];
    const records = await readUntil(kafka, topic, groupId, end);
    await admin.deleteGroups([groupId]);
    return records;
  } finally {
    await admin.disconnect();
  }
}

async function readUntil(kafka: Kafka, topic: string, groupId: string, end: number): Promise<WholeRecord[]> {
  const records: WholeRecord[] = [];
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50, readUncommitted: false });
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
          if (Number(offset) < end) records.push({ offset: Number(offset), key, value, timestamp: Number(timestamp) });
        }
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(fail);
    });
    return records;
  } finally {
    await consumer.disconnect();
  }
}
