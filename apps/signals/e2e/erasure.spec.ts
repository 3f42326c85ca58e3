import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTROL_HEADER, partitionOf, PARTITIONS } from '@milepost/contracts';
import { until } from '@milepost/stack';
import { Redis } from 'ioredis';
import type { Kafka, Message } from 'kafkajs';
import { Deployment } from './deployment.js';
import { connect } from './scenario.js';

const DAY_MS = 86_400_000;
const ANN = 'acct_ann';
const BOB = 'acct_bob';
const homeOf = (account: string): number => partitionOf(Buffer.from(account), PARTITIONS);

describe('1. An account that is erased from the running system', () => {
  let deployment: Deployment;
  let kafka: Kafka;
  let redis: Redis;
  let ids = 0;

  const event = (account: string, type: string, daysAgo: number, data: Record<string, unknown>): Message => {
    const at = Date.now() - daysAgo * DAY_MS;
    const body = { specversion: '1.0', id: `id-${ids++}`, source: '//core', type, subject: account, time: new Date(at).toISOString(), data }; // prettier-ignore
    return { key: account, value: JSON.stringify(body), headers: { 'content-type': 'application/cloudevents+json' } };
  };
  const send = async (...messages: Message[]): Promise<void> => {
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'onboarding.events', messages });
    await producer.disconnect();
  };
  const life = (account: string): Message[] => [
    event(account, 'account.created', 9, { context: { planTier: 'pro', companySize: 20 } }),
    event(account, 'workspace.configured', 9, {}),
    event(account, 'no.such.event', 9, {}),
  ];
  const ask = async <T>(query: string): Promise<T[]> => {
    const url = `${deployment.stack.addresses.clickhouse.url}/?query=${encodeURIComponent(`${query} FORMAT JSON`)}`;
    return ((await (await fetch(url)).json()) as { data: T[] }).data;
  };
  const triggersOf = (account: string) =>
    ask<{ status: string; resolution: string }>(`SELECT * FROM milepost.signals WHERE account_id = '${account}'`);
  const tally = async (account: string, name: string): Promise<number> =>
    Number((await redis.hget(`milepost:{milestones:${homeOf(account)}}:meta`, `t:${name}`)) ?? 0);
  /** Everywhere in Redis, in keys and in what they hold. */
  const inRedis = async (account: string): Promise<string[]> => {
    const found: string[] = [];
    for (const key of await redis.keys('*')) if ((await redis.dump(key))?.includes(account)) found.push(key);
    for (const service of ['milestones', 'signals']) {
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const slot = `milepost:{${service}:${partition}}`;
        if (await redis.hexists(`${slot}:state`, account)) found.push(`${slot}:state`);
        if ((await redis.zscore(`${slot}:due`, account)) !== null) found.push(`${slot}:due`);
      }
    }
    return found;
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ IDLE_AFTER_MS: '2000', CLOCK_INTERVAL_MS: '500', KAFKA_SESSION_TIMEOUT_MS: '6000' }); // prettier-ignore
    kafka = connect(deployment.stack.addresses.kafka.brokers);
    redis = new Redis(deployment.stack.addresses.redis.url);
  }, 180_000);
  afterAll(async () => {
    redis?.disconnect();
    await deployment?.stop();
  }, 60_000);

  it('1.1 is gone from Redis and ClickHouse, its triggers with it; others stay; the sums still come out', async () => {
    await send(...life(ANN), ...life(BOB));
    for (const account of [ANN, BOB]) {
      await until('its trigger', async () => expect(await triggersOf(account)).not.toEqual([]), 90_000);
    }
    const report = JSON.parse(await deployment.cli('erase', ANN, '--reason', 'Request 17', '--by', 'desk', '--yes', '--json')) as { left: string[]; removed: { kind: string; rows: number }[]; accountHash: string }; // prettier-ignore
    expect(report.left).toEqual([]);
    expect(report.removed).toEqual(expect.arrayContaining([{ kind: 'events', rows: 2 }, { kind: 'rejected', rows: 1 }])); // prettier-ignore
    await until('Redis', async () => expect(await inRedis(ANN)).toEqual([]), 20_000);
    expect(await triggersOf(ANN)).toEqual([]);
    expect(await triggersOf(BOB)).not.toEqual([]);
    expect(await ask('SELECT account_hash, requested_by, reason FROM milepost.erasures')).toEqual([
      { account_hash: report.accountHash, requested_by: 'desk', reason: 'Request 17' },
    ]);
    expect(await deployment.cli('reconcile')).toContain('Nothing lost, nothing doubled.');
  }, 240_000);

  it('1.2 stays gone: later events are dropped, and a forged marker erases nobody', async () => {
    await send(...life(ANN), { ...event(BOB, 'workspace.configured', 1, {}), headers: { [CONTROL_HEADER]: '0' } });
    await until('the drops', async () => expect(await tally(ANN, 'erased')).toBe(3), 30_000);
    await until('the forgery', async () => expect(await tally(BOB, 'violation:Forged-Marker')).toBe(1), 30_000);
    expect(await deployment.cli('reconcile')).toContain('Nothing lost, nothing doubled.');
    expect(await triggersOf(BOB)).not.toEqual([]);
  }, 120_000);

  it('1.3 stays gone after a rebuild, and no trigger fires again', async () => {
    const ends = () => redis.hget(`milepost:{signals:${homeOf(BOB)}}:meta`, 't:sink:at-risk');
    const before = await ends();
    await deployment.cli('rebuild', '--yes');
    expect(await deployment.cli('reconcile')).toContain('Nothing lost, nothing doubled.');
    expect(await ends()).toBe(before);
    await until('Redis', async () => expect(await inRedis(ANN)).toEqual([]), 20_000);
    expect(await triggersOf(ANN)).toEqual([]);
  }, 180_000);

  it('1.4 stays gone where the marker is cut from the log and the state comes from ClickHouse', async () => {
    const admin = kafka.admin();
    await admin.connect();
    for (const topic of ['onboarding.events', 'onboarding.journey']) {
      const ends = await admin.fetchTopicOffsets(topic);
      const own = ends.find(({ partition }) => partition === homeOf(ANN))!;
      const partitions = [{ partition: own.partition, offset: String(Number(own.high) - 2) }];
      await admin.deleteTopicRecords({ topic, partitions });
    }
    await admin.disconnect();
    await deployment.cli('rebuild', '--yes');
    const before = await tally(ANN, 'erased');
    await send(...life(ANN));
    await until('the drops', async () => expect(await tally(ANN, 'erased')).toBe(before + 3), 30_000);
    expect(await deployment.cli('reconcile')).toContain('Nothing lost, nothing doubled.');
    await until('Redis', async () => expect(await inRedis(ANN)).toEqual([]), 20_000);
  }, 180_000);
});
