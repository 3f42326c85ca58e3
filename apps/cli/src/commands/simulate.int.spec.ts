import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClickHouse } from '@milepost/clickhouse';
import { TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import { createTopics } from '@milepost/runtime';
import { simulateHistory } from '@milepost/simulator';
import { ConnectionsTo } from '../testing/connections-to.js';
import { printed } from '../testing/printed.js';
import { simulate } from './simulate.command.js';

const prefix = `simulate_${process.pid}-`;
const topic = prefix + TOPICS.events;
const client = createClickHouse(process.env['CLICKHOUSE_URL']!);
const connections = new ConnectionsTo(prefix, client);
const COMPANY = { seed: 7, accounts: 20, days: 60, prefix: 'acct' };
const UNTIL = Date.UTC(2026, 5, 1) * 1000;
const DAY = 86_400_000_000;

beforeAll(() =>
  createTopics(connections.kafka(), [{ name: topic, partitions: 2, config: TOPIC_CONFIG[TOPICS.events] }], 1),
);
afterAll(async () => {
  await connections.close();
  await client.close();
});

it('simulate --until sends the history that ends then, whatever the day', async () => {
  const options = { ...COMPANY, until: UNTIL, live: false, planted: false, json: true };
  const report = JSON.parse(await printed(() => simulate(connections, options))) as { events: number; endsAt: string };
  const wanted = [...simulateHistory({ ...COMPANY, endsAt: UNTIL })];
  expect(report).toMatchObject({ events: wanted.length, endsAt: '2026-06-01T00:00:00.000000Z' });
  const admin = connections.kafka().admin();
  await admin.connect();
  const sentBy = async (at: number): Promise<number> => {
    const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, Math.floor(at / 1000));
    return offsets.reduce((sum, { offset }) => sum + Number(offset), 0);
  };
  // Its records carry the events' times, so the log can be asked how many lie before one.
  const middle = UNTIL - 30 * DAY;
  expect(await sentBy(middle)).toBe(wanted.filter(({ occurredAt }) => occurredAt < middle).length);
  expect(await sentBy(UNTIL)).toBe(wanted.length);
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
});
