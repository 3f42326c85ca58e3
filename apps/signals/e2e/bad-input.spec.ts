import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onboardingEventCodec, partitionOf, PARTITIONS, parseTime } from '@milepost/contracts';
import { until } from '@milepost/stack';
import { Redis } from 'ioredis';
import type { Kafka, Message } from 'kafkajs';
import { Deployment } from './deployment.js';
import { connect, fingerprint, readAll } from './scenario.js';

const DAY_MS = 86_400_000;
const JSON_HEADERS = { 'content-type': 'application/cloudevents+json' };
/** What the broker counts besides key and value: the batch and the record around them, and the header. */
const RECORD_OVERHEAD = 200;
const MAX_RECORD = 1_048_576;

const homeOf = (account: string): number => partitionOf(Buffer.from(account), PARTITIONS);

describe('1. Bad input loses nothing and stops nothing (F1 S2)', () => {
  let deployment: Deployment;
  let kafka: Kafka;
  let redis: Redis;
  let ids = 0;

  const event = (account: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
    specversion: '1.0',
    id: `id-${ids++}`,
    source: '//core.flowpeak.example',
    type: 'workflow.run',
    subject: account,
    time: new Date(Date.now() - 60_000).toISOString(),
    data: { properties: { workflowId: 'w_1' } },
    ...change,
  });
  const message = (account: string, body: unknown, more: Partial<Message> = {}): Message => ({
    key: account,
    value: JSON.stringify(body),
    headers: JSON_HEADERS,
    ...more,
  });
  const send = async (...messages: Message[]): Promise<void> => {
    const producer = kafka.producer();
    await producer.connect();
    for (const one of messages) await producer.send({ topic: 'onboarding.events', messages: [one] });
    await producer.disconnect();
  };
  const tally = async (partition: number): Promise<Record<string, number>> => {
    const meta = await redis.hgetall(`milepost:{milestones:${partition}}:meta`);
    return Object.fromEntries(Object.entries(meta).map(([name, value]) => [name.replace('t:', ''), Number(value)]));
  };
  /** Waits until everything sent to the account's partition is taken in; what was counted meanwhile. */
  const counted = async (
    account: string,
    work: () => Promise<void>,
    records: number,
  ): Promise<Record<string, number>> => {
    const partition = homeOf(account);
    const before = await tally(partition);
    await work();
    return until(
      'the milestones service',
      async () => {
        const after = await tally(partition);
        const change = Object.fromEntries(
          Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]),
        );
        if ((change['records'] ?? 0) < records) throw new Error(`${change['records']} of ${records} records`);
        return change;
      },
      30_000,
    );
  };

  beforeAll(async () => {
    deployment = await Deployment.start({
      IDLE_AFTER_MS: '3000',
      CLOCK_INTERVAL_MS: '1000',
      KAFKA_SESSION_TIMEOUT_MS: '6000',
    });
    kafka = connect(deployment.stack.addresses.kafka.brokers);
    redis = new Redis(deployment.stack.addresses.redis.url);
  }, 180_000);
  afterAll(async () => {
    redis.disconnect();
    await deployment.stop();
  }, 60_000);

  it('1.1 each kind is rejected as it came, by its name, and a good event after it counts', async () => {
    const account = 'acct_bad';
    const avro = (change: object) =>
      onboardingEventCodec.encode({
        id: `id-${ids++}`,
        source: '//core.flowpeak.example',
        type: 'workflow.run',
        accountId: account,
        occurredAt: parseTime('2026-01-05T10:00:00Z')!,
        outcome: 'succeeded',
        userId: null,
        productLine: null,
        context: null,
        properties: { workflowId: 'w_1' },
        traceparent: null,
        ...change,
      });
    const bytes = (value: Buffer | null, key: string | null = account): Message => ({
      key,
      value,
      timestamp: '1700000000123',
      headers: { tried: 'once' },
    });
    const json = (change: Record<string, unknown>): Buffer => Buffer.from(JSON.stringify(event(account, change)));
    const cases: [violation: string, message: Message][] = [
      ['Unknown-Encoding', bytes(Buffer.from([0x42, 0x42]))],
      ['Malformed-Avro', bytes(avro({}).subarray(0, 30))],
      ['Unknown-Schema', bytes(Buffer.concat([Buffer.from('c3010102030405060708', 'hex'), avro({}).subarray(10)]))],
      ['Malformed-JSON', bytes(Buffer.from('{"specversion": "1.0"'))],
      ['Required-Missing', bytes(json({ id: '' }))],
      ['Required-Missing', bytes(json({ time: '2023-11-14T00:00:00Z', data: {} }))],
      ['Datatype-Mismatch', bytes(json({ time: '2023-11-14T00:00:00Z', data: { properties: { workflowId: 7 } } }))],
      ['Unplanned-Event', bytes(json({ time: '2023-11-14T00:00:00Z', type: 'nobody.planned' }))],
      ['Account-Missing', bytes(json({ subject: undefined }))],
      [
        'Key-Mismatch',
        { ...bytes(json({ time: '2023-11-14T00:00:00Z' })), key: 'another', partition: homeOf(account) },
      ],
      ['Empty-Value', bytes(Buffer.alloc(0))],
      ['Empty-Value', bytes(null)],
      ['Time-In-Future', bytes(json({ time: new Date(1_700_000_000_123 + 301_000).toISOString() }))],
    ];
    const change = await counted(
      account,
      () => send(...cases.map(([, one]) => one), message(account, event(account))),
      cases.length + 1,
    );
    expect(change).toMatchObject({ rejected: cases.length, 'sink:journey': 1 });

    await deployment.cli('reconcile');
    const rejected = (await readAll(kafka, ['onboarding.rejected'])).map(({ message: one }) => ({
      record: fingerprint(one.key, one.value),
      timestamp: one.timestamp,
      tried: one.headers!['tried']?.toString(),
      violation: one.headers!['__connect.errors.exception.class.name']!.toString(),
    }));
    for (const [violation, one] of cases) {
      const record = fingerprint(one.key, one.value);
      expect(rejected).toContainEqual({ record, timestamp: one.timestamp, tried: 'once', violation });
    }
  });

  it('1.2 the largest records that the broker takes are accepted or rejected, never stuck', async () => {
    const account = 'acct_large';
    const sized = (change: Record<string, unknown>): Message => {
      const body = (note: string) =>
        JSON.stringify(event(account, { ...change, data: { properties: { workflowId: 'w_1', note } } }));
      return {
        key: account,
        value: body('x'.repeat(MAX_RECORD - RECORD_OVERHEAD - body('').length - account.length)),
        headers: JSON_HEADERS,
      };
    };
    const change = await counted(
      account,
      () => send(sized({}), sized({ type: 'nobody.planned' }), message(account, event(account))),
      3,
    );
    expect(change).toMatchObject({ 'sink:journey': 2, rejected: 1 });
  }, 60_000);

  it('1.3 a repeat counts once: at once, across a crash, and within thirty days', async () => {
    const account = 'acct_repeat';
    const first = event(account, { time: new Date(Date.now() - 40 * DAY_MS).toISOString() });
    const at = (daysAgo: number) => message(account, first, { timestamp: String(Date.now() - daysAgo * DAY_MS) });
    expect(await counted(account, () => send(at(39), at(39)), 2)).toMatchObject({ 'sink:journey': 1, duplicate: 1 });
    deployment.kill('milestones');
    const change = await counted(account, () => send(at(19)), 1);
    expect(change).toMatchObject({ duplicate: 1 });
    expect(change['sink:journey']).toBeFalsy();
    // 39 days after its receipt it has been forgotten, as the plan's window says.
    expect(await counted(account, () => send(at(0)), 1)).toMatchObject({ 'sink:journey': 1 });
  }, 90_000);

  it('1.4 a repeat with other content is rejected; a bad record claims no id', async () => {
    const account = 'acct_conflict';
    const good = event(account);
    const bad = { ...good, type: 'nobody.planned' };
    const other = { ...good, data: { outcome: 'failed', properties: { workflowId: 'w_1' } } };
    const change = await counted(
      account,
      () => send(message(account, bad), message(account, good), message(account, other)),
      3,
    );
    expect(change).toMatchObject({
      'sink:journey': 1,
      rejected: 2,
      'violation:Conflicting-Duplicate': 1,
      'violation:Unplanned-Event': 1,
    });
  });

  it('1.5 an event on the wrong partition comes to its own, once', async () => {
    const account = 'acct_misplaced';
    const partition = (homeOf(account) + 1) % PARTITIONS;
    const elsewhere = await tally(partition);
    const change = await counted(account, () => send(message(account, event(account), { partition })), 1);
    expect(change).toMatchObject({ 'sink:journey': 1 });
    expect((await tally(partition))['misplaced']).toBe((elsewhere['misplaced'] ?? 0) + 1);
    const report = JSON.parse(await deployment.cli('account', account, '--json')) as {
      milestones: { milestone: string; reachedAt: string | null }[];
    };
    expect(report.milestones.find(({ milestone }) => milestone === 'first-value')!.reachedAt).not.toBeNull();
  });

  it('1.6 structured, binary and Avro speak of one account; unknown attributes are let be', async () => {
    const account = 'acct_mixed';
    const structured = message(
      account,
      event(account, { type: 'workspace.configured', data: {}, comexampleextension: 'kept' }),
    );
    const { specversion, id, source, time } = event(account) as Record<string, string>;
    const binary: Message = {
      key: account,
      value: JSON.stringify({ properties: { rows: 3 } }),
      headers: {
        'content-type': 'application/json',
        ce_specversion: specversion!,
        ce_id: id!,
        ce_source: source!,
        ce_type: 'data.imported',
        ce_subject: account,
        ce_time: time!,
        ce_other: 'x',
      },
    };
    const change = await counted(account, () => send(structured, binary), 2);
    expect(change).toMatchObject({ 'sink:journey': 2 });
    const report = JSON.parse(await deployment.cli('account', account, '--json')) as {
      milestones: { milestone: string; reachedAt: string | null }[];
    };
    expect(report.milestones.find(({ milestone }) => milestone === 'setup-complete')!.reachedAt).not.toBeNull();
  });

  it('1.7 afterwards everything is accounted for', async () => {
    const report = JSON.parse(await deployment.cli('reconcile', '--json')) as { problems: string[] };
    expect(report.problems).toEqual([]);
  }, 150_000);
});
