import { CONTROL_PARTITIONS, encodeControl, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { ControlRecord } from '@milepost/contracts';
import type { Kafka } from 'kafkajs';
import { requireTopics } from '../topics-setup.js';

/**
 * Writes what an operator says; its sequence number. It can't be taken back: from its marker on, each partition decides
 * by it.
 */
export async function writeControl(
  kafka: Kafka,
  topicPrefix: string,
  key: string,
  record: ControlRecord,
): Promise<number> {
  const spec = { name: TOPICS.control, partitions: CONTROL_PARTITIONS, config: TOPIC_CONFIG[TOPICS.control] };
  await requireTopics(kafka, [spec], topicPrefix);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const messages = [{ partition: 0, key, value: encodeControl(record) }];
    const [written] = await producer.send({ topic: topicPrefix + TOPICS.control, acks: -1, messages });
    return Number(written!.baseOffset);
  } finally {
    await producer.disconnect();
  }
}
