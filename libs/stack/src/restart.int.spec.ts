import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { Redis } from 'ioredis';
import { Kafka } from 'kafkajs';
import { DataDirInUse, forgetData, quietKafka, startOwnStack } from './index.js';
import type { Stack } from './index.js';

/** A stack of its own: these tests break it. */
let stack: Stack;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'milepost-restart-'));
  stack = await startOwnStack({ dataDir });
}, 180_000);
afterAll(async () => {
  await stack?.stop();
  if (stack) await forgetData(stack.kind, dataDir);
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

const kafka = (): Kafka =>
  new Kafka({ brokers: stack.addresses.kafka.brokers, logCreator: quietKafka(), retry: { initialRetryTime: 50 } });

describe('after SIGKILL and a start', () => {
  it('Redis has what it acknowledged a second ago', async () => {
    const redis = new Redis(stack.addresses.redis.url);
    await redis.set('kept', 'yes');
    await new Promise((done) => setTimeout(done, 1_500)); // It flushes every second, and says nothing.
    redis.disconnect();
    await stack.parts!.redis.kill();
    await stack.parts!.redis.start();
    const again = new Redis(stack.addresses.redis.url);
    expect(await again.get('kept')).toBe('yes');
    again.disconnect();
  });

  it('ClickHouse has its rows, and still knows the tokens', async () => {
    const client = createClient({ url: stack.addresses.clickhouse.url, log: { level: ClickHouseLogLevel.OFF } });
    const settings = 'non_replicated_deduplication_window = 100';
    await client.command({ query: `CREATE TABLE kept (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS ${settings}` });
    const insert = (a: number, token: string) => {
      const clickhouse_settings = { insert_deduplication_token: token, async_insert: 0 as const };
      return client.insert({ table: 'kept', values: [[a]], format: 'JSONCompactEachRow', clickhouse_settings });
    };
    await insert(1, 'one');
    await stack.parts!.clickhouse.kill();
    await expect(client.ping()).resolves.toMatchObject({ success: false });
    await stack.parts!.clickhouse.start();
    await insert(1, 'one');
    await insert(2, 'two');
    const result = await client.query({ query: 'SELECT a FROM kept ORDER BY a', format: 'JSONCompactEachRow' });
    expect(await result.json()).toEqual([[1], [2]]);
    await client.close();
  });

  it('Kafka has its records, and goes on with transactions', async () => {
    const topic = 'kept';
    const admin = kafka().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
    // A topic is named as created before its partition is led, and kafkajs's transactions do not try again.
    await until(
      'The new topic',
      async () => {
        const { length } = await admin.fetchTopicOffsets(topic);
        if (length !== 1) throw new Error(`${length} partitions`);
      },
      30_000,
    );
    await publish(topic, 'before', true);
    await publish(topic, 'aborted', false);
    // An abort is answered before its marker is written, and a broker that dies in between may lose it.
    await until(
      'The abort marker',
      async () => {
        const [end] = await admin.fetchTopicOffsets(topic);
        if (Number(end!.high) < 4) throw new Error(`the log ends at ${end!.high}`);
      },
      30_000,
    );
    await stack.parts!.kafka.kill();
    expect(stack.parts!.kafka.pid()).toBeUndefined();
    await stack.parts!.kafka.start();
    await publish(topic, 'after', true);
    expect(await readAll(topic, 2)).toEqual(['before', 'after']);
    await admin.disconnect();
  }, 120_000);
});

it('the same data directory twice at once is refused', async () => {
  await expect(startOwnStack({ dataDir })).rejects.toThrow(DataDirInUse);
});

it('a second start goes on with data and addresses', async () => {
  const { addresses } = stack;
  await stack.stop();
  stack = await startOwnStack({ dataDir });
  expect(stack.addresses).toEqual(addresses);
  const redis = new Redis(addresses.redis.url);
  expect(await redis.get('kept')).toBe('yes');
  redis.disconnect();
  expect(await readAll('kept', 2)).toEqual(['before', 'after']);
}, 120_000);

async function publish(topic: string, value: string, commit: boolean): Promise<void> {
  const producer = kafka().producer({ transactionalId: 'restart', maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ value }] });
  await transaction.sendOffsets({
    consumerGroupId: 'restart',
    topics: [{ topic, partitions: [{ partition: 0, offset: '1' }] }],
  });
  await (commit ? transaction.commit() : transaction.abort());
  await producer.disconnect();
}

/** The first `count` committed values. */
async function readAll(topic: string, count: number): Promise<string[]> {
  const consumer = kafka().consumer({ groupId: `reader-${Date.now()}`, readUncommitted: false });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((done, fail) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      if (values.push(String(message.value)) === count) done();
    };
    consumer.run({ eachMessage }).catch(fail);
  });
  await consumer.disconnect();
  return values;
}
