// The floor: what kafkajs alone does with the topic.
import { onboardingEventCodec, PARTITIONS, TOPICS } from '../../libs/contracts/dist/index.js';
import { readAll } from './kafka.mjs';

const nothing = () => Promise.resolve();

export async function consume(kafka, size) {
  return (await readAll(kafka, TOPICS.events, { ...size, eachBatch: nothing })).perSecond;
}

/** Each record decoded by the same codec that the milestones service uses; what is no event is passed over. */
export async function consumeAndDecode(kafka, size) {
  const eachBatch = ({ batch }) => {
    for (const { value } of batch.messages) {
      try {
        onboardingEventCodec.decodeOwn(value, TOPICS.events);
      } catch {
        // One in 200 of the load.
      }
    }
    return Promise.resolve();
  };
  return (await readAll(kafka, TOPICS.events, { ...size, eachBatch })).perSecond;
}

/**
 * Record by record into another topic, in transactions with the consumer's offsets: exactly once without any job.
 * A batch a transaction and a producer a partition, as the milestones service does it.
 */
export async function transactionalCopy(kafka, size) {
  const topic = 'bench.copy';
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
  await admin.disconnect();
  const producers = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const producer = kafka.producer({
      transactionalId: `bench-copy-${partition}`,
      idempotent: true,
      maxInFlightRequests: 1,
      retry: { initialRetryTime: 5 },
    });
    await producer.connect();
    producers.push(producer);
  }
  const eachBatch = async ({ batch }, consumerGroupId) => {
    const { partition } = batch;
    const transaction = await producers[partition].transaction();
    const messages = batch.messages.map(({ key, value, headers, timestamp }) => ({
      key,
      value,
      headers,
      timestamp,
      partition,
    }));
    await transaction.send({ topic, messages });
    const offset = String(Number(batch.lastOffset()) + 1);
    await transaction.sendOffsets({
      consumerGroupId,
      topics: [{ topic: TOPICS.events, partitions: [{ partition, offset }] }],
    });
    await transaction.commit();
  };
  const pace = await readAll(kafka, TOPICS.events, { ...size, eachBatch });
  await Promise.all(producers.map((producer) => producer.disconnect()));
  return pace.perSecond;
}
