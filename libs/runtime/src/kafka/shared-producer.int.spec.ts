import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import type { ProducerConfig, RequestEvent } from 'kafkajs';
import { createTopics } from '../topics-setup.js';
import { systemTimers } from '../timers.js';
import { SharedProducer } from './shared-producer.js';

const kafka = new Kafka({
  brokers: process.env['KAFKA_BROKERS']!.split(','),
  clientId: 'shared',
  logLevel: logLevel.NOTHING,
});
const topic = `shared-${process.pid}`;
const RECORD = { topic, partition: 0, key: null, value: Buffer.from('a'), headers: {}, timestamp: null };

let ended = 0;
const counting = {
  producer: (config?: ProducerConfig) => {
    const producer = kafka.producer(config);
    producer.on(producer.events.REQUEST, ({ payload }: RequestEvent) => {
      if (payload.apiName === 'EndTxn') ended++;
    });
    return producer;
  },
};
const shared = new SharedProducer(topic, { kafka: counting, groupId: topic, topicPrefix: '', timers: systemTimers });

beforeAll(async () => {
  await createTopics(kafka, [{ name: topic, partitions: 1, config: {} }], 1);
  await shared.begin();
});
afterAll(() => shared.close());

it('partitions that are ready one after the other share a transaction', async () => {
  const before = ended;
  const first = shared.publish([RECORD], []);
  await new Promise((done) => setImmediate(done));
  await Promise.all([first, shared.publish([RECORD], []), shared.publish([RECORD], [])]);
  expect(ended - before).toBe(1);
});
