import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProducerConfig, RequestEvent } from 'kafkajs';
import { createTopics } from '../topics-setup.js';
import { systemTimers } from '../timers.js';
import { Kafka, logLevel } from 'kafkajs';
import { withKnownCoordinators } from './known-coordinators.js';
import { TransactionalProducer } from './transactional-producer.js';

const plain = new Kafka({
  brokers: process.env['KAFKA_BROKERS']!.split(','),
  clientId: 'coordinators',
  logLevel: logLevel.NOTHING,
});
const topic = `coordinators-${process.pid}`;
const RECORD = { topic, partition: 0, key: null, value: Buffer.from('a'), headers: {}, timestamp: null };

let now = 0;
let asked = 0;
const kafka = withKnownCoordinators(plain, () => now);
const counting = {
  producer: (config?: ProducerConfig) => {
    const producer = kafka.producer(config);
    producer.on(producer.events.REQUEST, ({ payload }: RequestEvent) => {
      if (payload.apiName === 'GroupCoordinator') asked++;
    });
    return producer;
  },
};
const producer = new TransactionalProducer(topic, { kafka: counting, groupId: topic, topicPrefix: '', timers: systemTimers }); // prettier-ignore

beforeAll(() => createTopics(plain, [{ name: topic, partitions: 1, config: {} }], 1));
afterAll(() => producer.close());

async function askedBy(transactions: number): Promise<number> {
  const before = asked;
  for (let i = 0; i < transactions; i++)
    await producer.publish([RECORD], [{ topic, partition: 0, offset: i, metadata: '' }]);
  return asked - before;
}

it('a producer asks for a coordinator once a second, however many transactions it makes', async () => {
  await producer.begin();
  now = 1_000;
  expect(await askedBy(3)).toBe(2);
  expect(await askedBy(3)).toBe(0);
  now = 2_000;
  expect(await askedBy(3)).toBe(2);
});
