import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { PUBLISHER_CONTRACT } from '@milepost/stream/testing';
import type { PublisherSubject } from '@milepost/stream/testing';
import type { Logger } from '@milepost/stream';
import { PARTITIONS } from '@milepost/contracts';
import { createTopics } from '../topics-setup.js';
import { systemTimers } from '../timers.js';
import { createKafka } from './kafka-client.js';
import { LogAdmin } from './log-admin.js';
import { SharedPublishers } from './shared-publisher.js';

const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };
const kafka = createKafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'contract' }, logger);
const prefix = `contract-${process.pid}-`;
const PARTITION = 1;
const clauses = PUBLISHER_CONTRACT.map((clause, i) => ({ ...clause, i }));
const admins: LogAdmin[] = [];

beforeAll(() => {
  const names = clauses.flatMap(({ i }) => [`${prefix}in-${i}`, `${prefix}out-${i}`]);
  return createTopics(kafka, names.map((name) => ({ name, partitions: PARTITIONS, config: {} })), 1); // prettier-ignore
});
afterAll(() => Promise.all(admins.map((admin) => admin.close())));

const END = 'end';

/** Reads the partition up to a record that is sent behind all others, as nothing is open when a clause reads. */
async function valuesOf(topic: string): Promise<string[]> {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value: END, partition: PARTITION }] });
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: `${topic}-reader-${Math.random()}`, maxWaitTimeInMs: 100 });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((done, fail) => {
    const take = ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      const value = message.value!.toString();
      if (value === END) done();
      else values.push(value);
      return Promise.resolve();
    };
    consumer.run({ autoCommit: false, eachMessage: take }).catch(fail);
  });
  await consumer.disconnect();
  return values;
}

async function realSubject(i: number): Promise<PublisherSubject> {
  const groupId = `${prefix}group-${i}`;
  const topic = `${prefix}in-${i}`;
  const log = new LogAdmin(kafka, groupId, systemTimers);
  admins.push(log);
  await log.connect();
  const options = { kafka, groupId, topicPrefix: prefix, timers: systemTimers, log };
  return {
    publisher: () => new SharedPublishers(options).publisherOf(topic, PARTITION),
    publisherId: async () => (await log.marked(topic, PARTITION))!.publisher!,
    log: { committed: (...asked) => log.committed(...asked), bounds: (name, own) => log.bounds(fullName(name), own) },
    topic,
    outputs: `out-${i}`,
    partition: PARTITION,
    leaveOpen: async (transactionalId, value) => {
      const producer = kafka.producer({ transactionalId, idempotent: true });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({ topic: `${prefix}out-${i}`, messages: [{ value, partition: PARTITION }] });
      await producer.disconnect();
    },
    read: () => valuesOf(`${prefix}out-${i}`),
  };
}

/** Outputs are named as topologies name them; the publisher puts the prefix before them. */
const fullName = (name: string): string => (name.startsWith(prefix) ? name : prefix + name);

describe('1. The publisher on Kafka keeps the contract:', () => {
  it.each(clauses)('$promise', async ({ holds, i }) => holds(await realSubject(i)));
});
